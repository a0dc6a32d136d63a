import type { Command } from './command.ts'
import { Refusal } from '../system/refusal.ts'
import { forgetHints } from '../workspace/hints-taken.ts'
import { standingAt } from '../workspace/standing.ts'
import { walkTo } from '../workspace/walk-to.ts'

/** `npm run step reset`: the course's own version of the step where I am. `reset all`: from the beginning. */
export const reset: Command = async ({ course, words: [word] }) => {
  if (word !== undefined && word !== 'all') {
    throw new Refusal(
      `"reset" takes the word all, or nothing, but this came: ${word}`,
      'This step anew: npm run step reset · the whole course: npm run step reset all',
    )
  }
  if (word === undefined) return walkTo(course, await standingAt(course))
  const [first] = course.steps
  if (!first) throw new Refusal('The course has no steps.', 'Bring them back: git checkout -- steps')
  const done = await walkTo(course, first)
  forgetHints(course.root)
  return done
}
