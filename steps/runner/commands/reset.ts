import type { Command } from './command.ts'
import { existing } from '../course/steps.ts'
import { forgetHints } from '../workspace/hints-taken.ts'
import { standingAt } from '../workspace/standing.ts'
import { walkTo } from '../workspace/walk-to.ts'

/** `npm run step reset`: the course's own version of the step where I am. `reset all`: from the beginning. */
export const reset: Command = async ({ course, words: [word] }) => {
  if (word === undefined) return walkTo(course, await standingAt(course))
  const done = await walkTo(course, existing(course.steps[0]))
  forgetHints(course.root)
  return done
}
