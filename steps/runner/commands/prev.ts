import type { Command } from './command.ts'
import { standingAt } from '../workspace/standing.ts'
import { Refusal } from '../system/refusal.ts'
import { walkTo } from '../workspace/walk-to.ts'

/** `npm run step prev`: the course's own step before this one. */
export const prev: Command = async ({ course }) => {
  const here = await standingAt(course)
  const step = course.steps.findLast(({ number }) => number < here.number)
  if (!step) {
    throw new Refusal(
      `There is no step before this one: you stand at step ${here.number}, the first.`,
      'To go on: npm run step next',
    )
  }
  return walkTo(course, step)
}
