import type { Command } from '../command.ts'
import { equivalents } from '../equivalent-mutants.ts'
import { mutate } from '../mutation.ts'
import { complain, paint, say, wrap } from '../terminal.ts'

/** `npm run mutation`, or of one step: `npm run step mutation 29`. */
export const mutation: Command = async ({ course, words }) => {
  const [only] = words
  const { killed, survivors } = await mutate(
    course,
    (number) => only === undefined || String(number) === only,
  )
  const said = survivors.filter(({ name }) => !equivalents.has(name))
  say('', 'Mutants caught, step by step:')
  say(...wrap([...killed].map(([number, count]) => `${number}: ${count}`).join(', ')))
  const all = [...killed.values()].reduce((sum, count) => sum + count, 0)
  const excused = survivors.length - said.length
  say('', `${all} caught, ${said.length} survived, ${excused} known to be equivalent`, '')
  if (said.length === 0) return 0
  complain(`${paint('red', '✗')} No test notices these:`, '')
  complain(...said.flatMap(({ name }) => [`· ${name}`]), '')
  complain(
    'For each: a test is missing, or nobody asked for the line. Equivalent ones, with their reason, are',
    'listed in steps/runner/equivalent-mutants.ts.',
    '',
  )
  return 1
}
