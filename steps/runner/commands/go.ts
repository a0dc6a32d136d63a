import type { Command } from './command.ts'
import { Refusal } from '../system/refusal.ts'
import { walkTo } from '../workspace/walk-to.ts'

/** `npm run step 12`: the course's own step 12 into `src/` and `test/`. */
export const go: Command = ({ course, words }) => {
  const step = course.steps.find(({ number }) => number === Number(words[0]))
  if (!step) throw new Refusal(`There is no step ${words[0]}.`, 'Type: npm run step list')
  return walkTo(course, step)
}
