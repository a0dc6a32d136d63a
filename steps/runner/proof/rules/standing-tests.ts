import { problemIn, type Problem } from '../../course/problem.ts'
import type { Evidence } from '../evidence.ts'
import { changedIn } from '../test-changes.ts'

/**
 * A test that was there before is not weakened: neither its own code nor what it shares with others (hooks, helpers,
 * imports) changes, unless the red that changes it names it and says why. A refactor of tests may change both: what it
 * has to keep is looked at by running it.
 */
export function* checkStandingTests({ folds }: Pick<Evidence, 'folds'>): Iterable<Problem> {
  for (const fold of folds) {
    const { step } = fold
    if (step.phase !== 'red') continue
    const changed = changedIn(fold)
    const named = step.contract.changes.map(({ what }) => what)
    for (const { path, name } of changed) {
      if (named.includes(name)) continue
      const what = `it changes "${name}", on which tests stand that were there before`
      const fix = `leave it as it was, or name it under "changes:" in the contract: what: ${name}, why: …`
      yield problemIn(step, path, what, fix)
    }
    for (const what of named) {
      if (changed.some(({ name }) => name === what)) continue
      const fix = 'take it out, or write its name as the proof does'
      yield problemIn(step, 'step.yaml', `"changes" names "${what}", which is as it was`, fix)
    }
  }
}
