import type { Command } from './command.ts'
import { numberedStep } from '../course/steps.ts'
import { readTree } from '../course/read-tree.ts'
import { ownedPaths, stateAt } from '../course/state.ts'
import { differencesFrom, listed, stepsThatFit } from '../course/steps-that-fit.ts'
import { nextCommand } from '../terminal/next-command.ts'
import { pictureOf } from '../terminal/step-picture.ts'
import { beside, say } from '../terminal/print.ts'
import { withLock } from '../workspace/lock.ts'
import { remember } from '../workspace/position.ts'
import { printOfTests } from '../workspace/standing.ts'

/** `npm run step at 25`: this code stands at step 25. Moves the position, and writes no file of `src/` or `test/`. */
export const at: Command = ({ course, words }) => {
  const step = numberedStep(course, words, 'at 25')
  const { files } = readTree(course.root)
  const { steps, orSteps } = stepsThatFit(course, files, step)
  const fits = [...steps, ...orSteps].includes(step)
  const setAside = withLock(course.root, () =>
    remember(course, step, fits ? {} : { tests: printOfTests(course, files) }),
  )
  const owned = [...ownedPaths(course, 'test/')]
  const differ = fits ? [] : differencesFrom(stateAt(course, step.number), owned, files)
  say(
    '',
    ...pictureOf(course, step, 7),
    ...beside('Where', `You stand at step ${step.number} now; src/ and test/ are as they were.`),
    ...(setAside === null ? [] : beside('', `The position that could not be read is now ${setAside}`)),
    ...(differ.length === 0
      ? []
      : beside(
          '',
          `These are not the tests of step ${step.number}: ${listed(differ)}. To take them, with yours saved: npm run step restore tests`,
        )),
    '',
    ...nextCommand(course, step),
    '',
  )
  return 0
}
