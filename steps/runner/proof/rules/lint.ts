import { problemAt, problemIn, type Problem } from '../../course/problem.ts'
import type { Evidence } from '../evidence.ts'

/** Each green and refactor is lint-clean. */
export function* checkLint({ lint }: Pick<Evidence, 'lint'>): Iterable<Problem> {
  const fix = 'every green and refactor is lint-clean: write it as the linter wants it'
  for (const { state, path, message, code, line } of lint) {
    const what = `line ${line} at this step: ${message}${code === undefined ? '' : ` (${code})`}`
    // The linter itself may fail: that is no step's.
    yield state === '' ? problemAt('steps', what, fix) : problemIn({ folder: state }, path, what, fix)
  }
}
