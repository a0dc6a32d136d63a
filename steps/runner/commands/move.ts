import type { Command } from './command.ts'
import { goOn, moveCycles, undoMove, type Move } from '../authoring/move.ts'
import { cycleAt, lessonsNaming } from '../authoring/renumber.ts'
import { loadCourse, type Course, type Step } from '../course/read-course.ts'
import { numberedStep } from '../course/steps.ts'
import { sayProof } from '../proof/proof-text.ts'
import { verify } from '../proof/prove.ts'
import { Refusal } from '../system/refusal.ts'
import { complain, paint, say } from '../terminal/print.ts'

/**
 * `npm run step move 37 40 after 100`: these steps come after step 100; `move 37 after 100`: the cycle that begins at step
 * 37, or the refactor that it is. Where it stops for a decision, `move on` goes on; `move undo` takes the last move back.
 */
export const move: Command = async ({ course, problems, words }) => {
  if (words.join(' ') === 'undo') {
    const kept = undoMove(course.root)
    say('', 'The steps are as they were before the move. What was there until now is kept in', kept, '')
    return 0
  }
  if (problems.length > 0) {
    throw new Refusal(
      'The course itself is damaged, so nothing was moved.',
      'What is wrong: npm run step verify',
      'After a move: npm run step move undo',
    )
  }
  const { renumbered, undecided } =
    words.join(' ') === 'on' ? goOn(course.root) : moveCycles(course, understood(course, words))
  if (undecided.length > 0) {
    for (const { path, what, sides } of undecided) {
      complain('', `${paint('red', '✗')} ${path}: ${what}.`)
      if (sides !== '') complain('', ...sides.split('\n'))
    }
    complain(
      '',
      'Make it right there: as the step is to be after those before it now.',
      'Type then: npm run step move on',
      'To have all steps as they were: npm run step move undo',
      '',
    )
    return 1
  }
  say('', 'These steps have other numbers now:')
  say(...renumbered.map(({ folder, was }) => `· steps/${folder} (was ${was})`))
  const now = loadCourse(course.root)
  const numbers = renumbered.map(({ was }) => was)
  const naming = lessonsNaming(now.course, Math.min(...numbers), Math.max(...numbers))
  if (naming.length > 0)
    say('', 'These name numbers that have changed:', ...naming.map((path) => `· ${path}`))
  say('', 'Commit it before you edit and propagate. Or take it back:', 'npm run step move undo')
  return sayProof(await verify(now.course, now.problems, 'everything'))
}

const EXAMPLE = 'move 37 38 after 100'

function understood(course: Course, words: readonly string[]): Move {
  const [begin, end] = words.slice(0, words.indexOf('after'))
  const place = words[words.indexOf('after') + 1]
  if (!words.includes('after') || begin === undefined || place === undefined) {
    throw new Refusal(
      `Expected steps, the word after, and a step, but ${words.length === 0 ? 'nothing' : `"${words.join(' ')}"`} came.`,
      `Type, for example: npm run step ${EXAMPLE}`,
    )
  }
  const first = numberedStep(course, [begin], EXAMPLE)
  const last = end === undefined ? endOf(course, first) : numberedStep(course, [end], EXAMPLE)
  const after = place === '0' ? null : numberedStep(course, [place], EXAMPLE)
  // A red and its green stay together.
  if (first.phase === 'green') throw torn('to begin', first, 'its red would stay behind')
  if (last.phase === 'red') throw torn('to end', last, 'its green would stay behind')
  if (after?.phase === 'red') throw torn('to come after', after, 'its green follows')
  const run = { first: first.number, last: last.number, after: after?.number ?? 0 }
  if (run.last < run.first) {
    throw new Refusal(
      `Expected a last step behind ${run.first}, but ${run.last} came.`,
      'Type: npm run step list',
    )
  }
  if (run.after >= run.first - 1 && run.after <= run.last) {
    throw new Refusal(
      `The steps ${run.first} to ${run.last} are behind step ${run.first - 1} already.`,
      `Type a step before ${run.first - 1} or behind ${run.last}: npm run step list`,
    )
  }
  return run
}

/** Of a red the end of its cycle, with the refactors; a refactor moves alone. */
const endOf = (course: Course, first: Step): Step =>
  (first.phase === 'red' ? cycleAt(course, first).at(-1) : null) ?? first

const torn = (what: string, { number, phase }: Step, why: string) =>
  new Refusal(
    `Expected another step ${what}: step ${number} is a ${phase}, and ${why}.`,
    'Type: npm run step list',
  )
