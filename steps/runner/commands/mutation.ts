import type { Command } from './command.ts'
import type { Course } from '../course/read-course.ts'
import { equivalents } from '../mutation/equivalent-mutants.ts'
import type { Mutant, MutatedState } from '../mutation/mutants.ts'
import { mutate } from '../mutation/mutate.ts'
import { Refusal } from '../system/refusal.ts'
import { complain, paint, say, wrap } from '../terminal/print.ts'

/** `npm run mutation`, or of one step: `npm run step mutation 29`, or of the finished `src/`: `mutation finished`. */
export const mutation: Command = async ({ course, words }) => {
  const { caught, refused, excused, survivors, stale, broken } = await mutate(
    course,
    equivalents,
    placeIn(course, words[0]),
  )
  const all = [...caught.values()].reduce((sum, count) => sum + count, 0)
  say('', 'Mutants that a test notices, step by step, and of the finished src/:')
  say(...wrap([...caught].map(([place, count]) => `${place}: ${count}`).join(', ')))
  say(
    '',
    `${all} noticed by a test, ${refused.length} by the type checker alone, ${excused.length} known to be equivalent,`,
    `${survivors.length} not noticed`,
    '',
  )
  report('Not noticed:', survivors.map(lineOf), [
    'For each: a test is missing, or no test asked for the line. Equivalent ones, with their reason, are',
    'listed in steps/runner/mutation/equivalent-mutants.ts.',
  ])
  report('Listed as equivalent, but they do not exist or are noticed:', stale, [
    'Take them out of steps/runner/mutation/equivalent-mutants.ts.',
  ])
  report('The tests or the types fail with nothing changed at:', broken.map(String), [
    'What they say about mutants is worth nothing. Type: npm run step verify',
  ])
  return survivors.length + stale.length + broken.length === 0 ? 0 : 1
}

const lineOf = ({ place, name }: Mutant) => (place === 'finished' ? name : `${place} ${name}`)

function report(title: string, lines: readonly string[], advice: readonly string[]): void {
  if (lines.length > 0)
    complain(`${paint('red', '✗')} ${title}`, '', ...lines.map((line) => `· ${line}`), '', ...advice, '')
}

function placeIn({ steps }: Course, word: string | undefined): MutatedState | undefined {
  if (word === undefined || word === 'finished') return word
  const step = steps.find(({ number, phase }) => String(number) === word && phase !== 'red')
  if (step) return step.number
  throw new Refusal(
    `Expected the number of a green or a refactor, or the word finished, but this came: ${word}`,
    'Type, for example: npm run step mutation 29',
  )
}
