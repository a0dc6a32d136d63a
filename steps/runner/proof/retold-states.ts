import { type Fold, joined, type State } from '../course/state.ts'
import { filesNeededBy } from '../course/needed-files.ts'
import type { WrongAnswer } from '../course/read-contract.ts'
import type { Step } from '../course/read-course.ts'
import { changedIn } from './test-changes.ts'
import type { Trial, WrongState } from './wrong-states.ts'

/** A test that a later step tells anew, tried on the answers of its own cycle. */
export interface Retold {
  /** The red that changes its text, or the refactor of tests. */
  readonly by: Step
  /** The green that the test once asked for. */
  readonly green: Step
  /** The test as it is now on the right answer: it passes. */
  readonly right: Trial
  /** The test as it was just before on that answer. Where it does not pass either, nothing can be said. */
  readonly before: Trial
  /** The test as it is now on each wrong answer of that green: it fails. */
  readonly wrongs: readonly { readonly wrong: WrongAnswer; readonly trial: Trial }[]
}

/** Every test that a step tells anew: a red those whose own text changes, a refactor all that need a changed file. */
export function retoldIn(folds: readonly Fold[], wrongs: readonly WrongState[]): readonly Retold[] {
  return folds.flatMap((fold, index) => {
    if (fold.step.phase === 'green') return []
    const changed = changedIn(fold)
    if (changed.length === 0) return []
    return folds.slice(0, index).flatMap(({ step: red }, place) => {
      const green = folds[place + 1]
      const { test, file } = red.contract.fails ?? {}
      if (!green || test === undefined || file === undefined) return []
      const isRetold =
        fold.step.phase === 'red'
          ? changed.some(({ path, name }) => path === file && name === test)
          : needsOneOf(changed, file, fold.after)
      if (!isRetold) return []
      const trial = (what: string, code: State, tests: State): Trial => ({
        step: fold.step,
        name: `${fold.step.folder}.told-${green.step.number}-${what}`,
        state: joined(code, tests),
        testFile: file,
        test,
      })
      return [
        {
          by: fold.step,
          green: green.step,
          right: trial('right', green.after, fold.after),
          before: trial('before', green.after, fold.before),
          wrongs: wrongs
            .filter(({ step }) => step === green.step)
            .map(({ state, wrong }, at) => ({ wrong, trial: trial(`wrong-${at + 1}`, state, fold.after) })),
        },
      ]
    })
  })
}

function needsOneOf(changed: readonly { readonly path: string }[], file: string, state: State): boolean {
  const needed = filesNeededBy([file], state)
  return changed.some(({ path }) => needed.has(path))
}

/** All that has to be run for it. */
export const trialsOf = (retold: readonly Retold[]): readonly Trial[] =>
  retold.flatMap(({ right, before, wrongs }) => [right, before, ...wrongs.map(({ trial }) => trial)])
