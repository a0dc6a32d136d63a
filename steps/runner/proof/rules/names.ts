import { exportedNames } from '../../course/exported-names.ts'
import type { Problem } from '../../course/problem.ts'
import type { Evidence } from '../evidence.ts'

/** A refactor keeps the names that `src/index.ts` exports: another name is other behaviour. */
export function checkNames({ folds }: Pick<Evidence, 'folds'>): readonly Problem[] {
  return folds.flatMap(({ step, before, after }) => {
    if (step.phase !== 'refactor') return []
    const [had, have] = [exportedNames(before) ?? [], exportedNames(after) ?? []]
    const changed = [
      ...had.filter((name) => !have.includes(name)).map((name) => `"${name}" is gone`),
      ...have.filter((name) => !had.includes(name)).map((name) => `"${name}" is new`),
    ]
    if (changed.length === 0) return []
    return [
      {
        where: `steps/${step.folder}/src/index.ts`,
        what: `a refactor keeps what src/index.ts exports, but ${changed.join(', and ')}`,
        fix: 'keep the names: a new one wants a red and a green',
      },
    ]
  })
}
