import { checkOut, type Checkout } from './checkout.ts'
import type { Course, Step } from './course.ts'
import { nextCommand } from './next-command.ts'
import { expectationOf, pictureOf } from './picture.ts'
import { stateAt } from './state.ts'
import { beside, say } from './terminal.ts'

/**
 * Walks to a step: writes it (or `target`, the learner's own version of it), says what it is and what the course
 * expects of it, then runs its tests and judges them. Answers with the exit code.
 */
export async function walkTo(
  course: Course,
  step: Step,
  target = stateAt(course, step.number),
): Promise<number> {
  const done = checkOut(course, step, target)
  say('', ...pictureOf(course, step, 7), ...expectationOf(step), ...keptBy(done))
  // Loaded only now: the text above is not to wait for the test runner.
  const { sayVerdict } = await import('./verdict.ts')
  const asItShouldBe = await sayVerdict(course.root, step, target)
  say(...nextCommand(course, step), '')
  return asItShouldBe ? 0 : 1
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
