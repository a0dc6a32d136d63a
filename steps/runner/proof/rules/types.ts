import { problemAt, problemIn, type Problem } from '../../course/problem.ts'
import type { Evidence } from '../evidence.ts'

/** Each green and refactor type-checks. */
export function* checkTypes({ types }: Pick<Evidence, 'types'>): Iterable<Problem> {
  const fix = 'every green and refactor type-checks: fix the type where it went wrong'
  // An error that several states in a row have is one problem, of the first.
  const said = new Set<string>()
  for (const { state, path, line, what } of types) {
    if (said.has(`${path} ${what}`)) continue
    said.add(`${path} ${what}`)
    // The type checker itself may fail: that is no step's.
    if (state === '') yield problemAt('steps', what, fix)
    else yield problemIn({ folder: state }, path, `line ${line} at this step: ${what}`, fix)
  }
}
