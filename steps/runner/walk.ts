import { checkOut, type Checkout } from './checkout.ts'
import type { Course, Step } from './course.ts'
import { nextCommand } from './next-command.ts'
import { expectationOf, pictureOf } from './picture.ts'
import type { State } from './state.ts'
import { beside, say } from './terminal.ts'

/**
 * Walks to a step: writes it (or `target`, the learner's own version of it), says what it is and what the course
 * expects of it, then runs its tests and judges them. Answers with the exit code.
 */
export async function walkTo(course: Course, step: Step, target?: State): Promise<number> {
  const done = checkOut(course, step, target)
  say('', ...pictureOf(course, step), ...expectationOf(step), ...keptBy(done))
  // Loaded only now: the text above is not to wait for the test runner.
  const { runAndJudge } = await import('./trial.ts')
  const code = await runAndJudge(course, step)
  say(...nextCommand(course, step), '')
  return code
}

function keptBy({ saved, setAside }: Checkout): readonly string[] {
  return [
    ...(saved
      ? beside(
          'Kept',
          `Your work is now save ${saved.number}. To get it back: npm run step restore ${saved.number}`,
        )
      : []),
    ...(setAside === null ? [] : beside('Kept', `The position that could not be read is now ${setAside}`)),
  ]
}
