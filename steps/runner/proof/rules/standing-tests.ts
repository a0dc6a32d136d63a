import type { Fold } from '../../course/fold.ts'
import type { Problem } from '../../course/problem.ts'
import type { State } from '../../course/state.ts'
import { sourceOf } from '../../course/syntax-tree.ts'
import { changesBetween, testFileOf } from '../../course/test-file.ts'
import type { Evidence } from '../evidence.ts'

/**
 * A test that stands is not weakened: neither its own code nor what it shares with others (hooks, helpers, imports)
 * changes, unless the red that changes it names it and says why. A refactor of tests may change both: what it has to
 * keep is looked at by running it.
 */
export function checkStandingTests({ folds }: Pick<Evidence, 'folds'>): readonly Problem[] {
  return folds.flatMap((fold) => {
    const { step } = fold
    if (step.phase !== 'red') return []
    const where = `steps/${step.folder}/step.yaml`
    const changed = changedIn(fold)
    const named = step.contract.changes.map(({ what }) => what)
    return [
      ...changed
        .filter(({ name }) => !named.includes(name))
        .map(({ path, name }) => ({
          where: `steps/${step.folder}/${path}`,
          what: `it changes "${name}", on which tests stand that were there before`,
          mend: `leave it as it was, or name it under "changes:" in the contract: what: ${name}, why: …`,
        })),
      ...named
        .filter((what) => !changed.some(({ name }) => name === what))
        .map((what) => ({
          where,
          what: `"changes" names "${what}", which is as it was`,
          mend: 'take it out, or write its name as the proof does',
        })),
    ]
  })
}

interface Changed {
  /** The file in `test/`. */
  readonly path: string
  /** The title of a test, or the name of what tests share; the path when the file cannot be parsed or is gone. */
  readonly name: string
}

/** What a step changes of tests that were there before, and of what they share. */
export const changedIn = ({ before, after }: Pick<Fold, 'before' | 'after'>): readonly Changed[] =>
  [...before.keys()]
    .filter((path) => path.startsWith('test/'))
    .flatMap((path) => changesIn(path, before, after).map((name) => ({ path, name })))

function changesIn(path: string, before: State, after: State): readonly string[] {
  const [was, is] = [before.get(path), after.get(path)]
  if (!was || !is) return [path]
  if (was.equals(is)) return []
  const [old, now] = [sourceOf(path, was), sourceOf(path, is)]
  return old && now ? changesBetween(testFileOf(old.program), testFileOf(now.program)) : [path]
}
