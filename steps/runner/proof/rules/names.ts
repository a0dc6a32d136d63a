import { exportedNames } from '../../course/exported-names.ts'
import { problemIn, type Problem } from '../../course/problem.ts'
import type { Evidence } from '../evidence.ts'

/** A refactor keeps the names that `src/index.ts` exports: another name is other behaviour. */
export function* checkNames({ folds }: Pick<Evidence, 'folds'>): Iterable<Problem> {
  for (const { step, before, after } of folds) {
    if (step.phase !== 'refactor') continue
    const [had, have] = [exportedNames(before) ?? [], exportedNames(after) ?? []]
    const changed = [
      ...had.filter((name) => !have.includes(name)).map((name) => `"${name}" is gone`),
      ...have.filter((name) => !had.includes(name)).map((name) => `"${name}" is new`),
    ]
    if (changed.length === 0) continue
    const what = `a refactor keeps what src/index.ts exports, but ${changed.join(', and ')}`
    yield problemIn(step, 'src/index.ts', what, 'keep the names: a new one wants a red and a green')
  }
}
