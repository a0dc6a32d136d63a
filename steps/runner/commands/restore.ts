import type { Command } from './command.ts'
import { probablyAt, standingAt } from '../workspace/standing.ts'
import { readSave, saveNumbered, stepOfSave } from '../workspace/saves.ts'
import { arriveWithTests, walkTo } from '../workspace/walk-to.ts'

/**
 * `npm run step restore 3`: save 3 (without a number: the latest) back into `src/` and `test/`, at the step it was
 * made. `restore tests`: the course's tests of the step where I stand. What was there is saved first, so each can be
 * taken back.
 */
export const restore: Command = async ({ course, words }) => {
  const typed = words[0]
  if (typed === 'tests') return arriveWithTests(course, await standingAt(course))
  const chosen = saveNumbered(course.root, typed, 'restore')
  const step = stepOfSave(course, chosen) ?? probablyAt(course)
  return walkTo(course, step, readSave(course.root, chosen))
}
