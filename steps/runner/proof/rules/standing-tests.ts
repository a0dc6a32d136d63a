import type { Problem } from '../../course/problem.ts'
import type { Evidence } from '../evidence.ts'
import { changedIn } from '../test-changes.ts'

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
          fix: `leave it as it was, or name it under "changes:" in the contract: what: ${name}, why: …`,
        })),
      ...named
        .filter((what) => !changed.some(({ name }) => name === what))
        .map((what) => ({
          where,
          what: `"changes" names "${what}", which is as it was`,
          fix: 'take it out, or write its name as the proof does',
        })),
    ]
  })
}
