import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { Command } from './command.ts'
import { installedHook } from '../gate/installed-hook.ts'
import { nextCommand } from '../terminal/next-command.ts'
import { finishOf } from '../workspace/finish.ts'
import { branchOf } from '../workspace/walk-to.ts'
import { ownWork, ownWorkText } from '../workspace/own-work.ts'
import { expectationOf, pictureOf } from '../terminal/step-picture.ts'
import { isUntouched, standingAt } from '../workspace/standing.ts'
import { beside, say } from '../terminal/print.ts'
import { readTree } from '../course/read-tree.ts'

/** `npm run step`: where am I, and what now. Writes no file of the learner's, and runs
 * nothing unless only the tests can tell where the code stands. */
export const where: Command = async ({ course }) => {
  const here = await standingAt(course)
  const mine = ownWork(course, here)
  const fresh = isUntouched(course, readTree(course.root).files)
  say(
    '',
    ...pictureOf(course, here),
    ...expectationOf(here),
    ...beside('Your work', ownWorkText(mine) ?? "src/ and test/ are the course's own"),
    ...branchOf(course.root, here),
    ...(unchecked(course.root)
      ? beside('Commits', 'are not checked here, the pre-commit hook is missing: npm run step doctor')
      : []),
    '',
    ...(fresh
      ? beside('Next', 'npm run step 1   (to begin at the beginning)')
      : [...finishOf(course, here), ...nextCommand(course, here)]),
    '',
  )
  return 0
}

/** A second worktree, say. Git is only asked where our hook has not been put: the others are not to wait for it. */
const unchecked = (root: string): boolean =>
  existsSync(join(root, '.husky', 'pre-commit')) &&
  !existsSync(join(root, '.husky', '_', 'pre-commit')) &&
  ['missing', 'others'].includes(installedHook(root).kind)
