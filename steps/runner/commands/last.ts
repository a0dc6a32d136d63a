import type { Command } from './command.ts'
import { Refusal } from '../system/refusal.ts'
import { walkTo } from '../workspace/walk-to.ts'

/** `npm run step last`: the finished course, as it was cloned. */
export const last: Command = ({ course }) => {
  const step = course.steps.at(-1)
  if (!step) throw new Refusal('The course has no steps.', 'Bring them back: git checkout -- steps')
  return walkTo(course, step)
}
