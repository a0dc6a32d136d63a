import { problemIn, type Problem } from '../../course/problem.ts'
import { excusesIn } from '../../test-runs/excuses.ts'
import type { Evidence } from '../evidence.ts'

/** No tool is told to ignore something: in `src/` never, in `test/` only with the reason beside it. */
export function* checkExcuses({ folds }: Pick<Evidence, 'folds'>): Iterable<Problem> {
  for (const { step } of folds) {
    for (const [path, bytes] of step.files) {
      const isSource = path.startsWith('src/')
      const fix = isSource
        ? 'delete it, and write the code so that the check holds, or a test that asks for it'
        : 'delete it, or write the reason beside it: "-- why"'
      for (const { line, from, words, hasReason } of excusesIn(bytes.toString('utf8'))) {
        if (!isSource && (hasReason || from === 'coverage')) continue
        const what = `line ${line}: "${words}" tells the check of ${names[from]} to look away`
        yield problemIn(step, path, what, fix)
      }
    }
  }
}

const names = { coverage: 'coverage', types: 'types', lint: 'lint', format: 'formatting' } as const
