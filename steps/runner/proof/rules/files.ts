import { problemIn, type Problem } from '../../course/problem.ts'
import { type State, testFilesOf } from '../../course/state.ts'
import { filesNeededBy } from '../../course/needed-files.ts'
import type { Evidence } from '../evidence.ts'

const portable = /^(?:[a-z0-9]+(?:-[a-z0-9]+)*\/)*[a-z0-9]+(?:[-.][a-z0-9]+)*$/

/** In `src/` is only what is measured, and in `test/` only what runs. */
export function* checkFiles({ folds }: Pick<Evidence, 'folds'>): Iterable<Problem> {
  // What no test needs any more is one problem, of the step at which that began.
  let idle: readonly string[] = []
  for (const { step, after } of folds) {
    for (const path of step.files.keys()) {
      if (!portable.test(path) || /\bnode_modules\//.test(path)) {
        const what = 'its name is not one that every system and every tool takes'
        yield problemIn(step, path, what, 'name it in lower case, with dashes')
      } else if (path.startsWith('src/') && !/(?<!\.d|\.test|\.spec)\.ts$/.test(path)) {
        const what = 'src/ holds .ts files only: this one is neither measured nor checked'
        yield problemIn(step, path, what, 'write it as a .ts file')
      }
    }
    const idleNow = idleIn(after)
    for (const path of idleNow) {
      if (idle.includes(path)) continue
      const fix = 'name it *.test.ts if it is a test, import it where it is needed, or take it away'
      yield problemIn(step, path, 'no test runs it or imports it', fix)
    }
    idle = idleNow
  }
}

/** The suites for more than one step, which other commands run. */
const suites = /^test\/(?:model|redis)\//

/** The files in `test/` that are neither tests nor, by whatever way, imported by one. */
function idleIn(state: State): readonly string[] {
  const needed = filesNeededBy(testFilesOf(state), state)
  return [...state.keys()].filter(
    (path) => path.startsWith('test/') && !needed.has(path) && !suites.test(path),
  )
}
