import type { Course, Step } from '../course/read-course.ts'
import { stepAfter } from '../course/steps.ts'
import { standingAt } from './standing.ts'
import { ownWork, ownWorkText } from './own-work.ts'
import { Refusal } from '../system/refusal.ts'

/**
 * Where the learner stands, and the step after it: the one that they are working on.
 *
 * @throws {Refusal} at the last step, after which there is nothing to work on, and when the place is not known.
 */
export async function workingOn(course: Course): Promise<{ readonly here: Step; readonly step: Step }> {
  const here = await standingAt(course)
  const step = stepAfter(course, here)
  if (step) return { here, step }
  const mine = ownWork(course, here)
  throw new Refusal(
    `There is no step after this one: you stand at step ${here.number}, the last.`,
    ...(mine.length > 0
      ? [
          `${mine.length > 3 ? `You have changed ${mine.length} files` : capital(ownWorkText(mine) ?? '')}. What exactly: npm run step diff`,
          'Is it right? npm test, and npm run coverage · The course as it was: npm run step last',
        ]
      : []),
    'From the beginning: npm run step 1',
  )
}

const capital = (text: string) => text.slice(0, 1).toUpperCase() + text.slice(1)
