import type { Command } from '../command.ts'
import { ownWork } from '../own-work.ts'
import { standingAt } from '../position.ts'
import { Refusal } from '../refusal.ts'
import { walkTo } from '../walk.ts'

/** `npm run step next`: the step after this one, unless the learner's own work would have to make room for it. */
export const next: Command = ({ course }) => {
  const here = standingAt(course)
  const step = course.steps.find(({ number }) => number > here.number)
  if (!step) {
    throw new Refusal(
      `There is no step after this one: you stand at step ${here.number}, the last.`,
      'From the beginning: npm run step 1',
    )
  }
  const mine = ownWork(course, here)
  if (mine.length > 0) {
    throw new Refusal(
      `You have changed step ${here.number}: ${mine.join(', ')}. Nothing was touched.`,
      `Go on with the course's version: npm run step ${step.number}`,
      `Begin step ${here.number} again: npm run step ${here.number}`,
      'Either keeps what you have as a save (npm run step saves).',
    )
  }
  return walkTo(course, step)
}
