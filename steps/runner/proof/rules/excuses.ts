import type { Problem } from '../../course/problem.ts'
import { excusesIn } from '../../test-runs/excuses.ts'
import type { Evidence } from '../evidence.ts'

/** No tool is told to ignore something: in `src/` never, in `test/` only with the reason beside it. */
export function checkExcuses({ folds }: Pick<Evidence, 'folds'>): readonly Problem[] {
  return folds.flatMap(({ step }) =>
    [...step.files].flatMap(([path, bytes]) => {
      const source = path.startsWith('src/')
      return excusesIn(bytes.toString('utf8')).flatMap(({ line, from, words, hasReason }) =>
        !source && (hasReason || from === 'coverage')
          ? []
          : [
              {
                where: `steps/${step.folder}/${path}`,
                what: `line ${line}: "${words}" tells the check of ${names[from]} to look away`,
                fix: source
                  ? 'delete it, and write the code so that the check holds, or a test that asks for it'
                  : 'delete it, or write the reason beside it: "-- why"',
              },
            ],
      )
    }),
  )
}

const names = { coverage: 'coverage', types: 'types', lint: 'lint', format: 'formatting' } as const
