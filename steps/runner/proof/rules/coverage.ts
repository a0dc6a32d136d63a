import { problemIn, type Problem } from '../../course/problem.ts'
import type { Evidence } from '../evidence.ts'

/** Each green and refactor state's `src/` is covered by its tests, all of it. */
export function* checkCoverage({
  folds,
  uncovered,
}: Pick<Evidence, 'folds' | 'uncovered'>): Iterable<Problem> {
  let said = new Set<string>()
  for (const { step, after } of folds) {
    if (step.phase === 'red') continue
    const found = new Set<string>()
    for (const [path, bytes] of after) {
      const lines = bytes.toString('utf8').split('\n')
      for (const { line, what } of uncovered.get(`${step.folder}/${path}`) ?? []) {
        const code = lines[line - 1]?.trim() ?? ''
        found.add(`${path} ${code}`)
        // A line that was uncovered at the step before already is one problem, and said there.
        if (said.has(`${path} ${code}`)) continue
        const fix = 'delete it, or let a red of its own ask for it'
        yield problemIn(step, path, `line ${line}: no test runs this ${what}: ${code}`, fix)
      }
    }
    said = found
  }
}
