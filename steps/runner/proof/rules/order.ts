import type { Problem } from '../../course/problem.ts'
import type { Evidence } from '../evidence.ts'

/** Red, green, and a refactor where it pays: nothing else is a cycle. */
export function checkOrder({ folds }: Pick<Evidence, 'folds'>): readonly Problem[] {
  return folds.flatMap(({ step }, index) => {
    const before = folds[index - 1]?.step.phase ?? null
    const after = folds[index + 1]?.step.phase ?? null
    const where = `steps/${step.folder}`
    if (step.phase === 'green' && before !== 'red') {
      return [
        {
          where,
          what: `a green without a red: it follows ${before === null ? 'nothing' : `a ${before}`}`,
          fix: 'put the failing test that asks for it before it, or make it a refactor',
        },
      ]
    }
    if (step.phase === 'refactor' && before !== 'green' && before !== 'refactor') {
      return [
        {
          where,
          what: `a refactor has to begin from green, but it follows ${before === null ? 'nothing' : `a ${before}`}`,
          fix: 'put it after the green',
        },
      ]
    }
    if (step.phase === 'red' && after !== 'green') {
      return [
        {
          where,
          what: `a red without a green: ${after === null ? 'nothing' : `a ${after}`} follows`,
          fix: 'put the green that makes its test pass after it',
        },
      ]
    }
    return []
  })
}
