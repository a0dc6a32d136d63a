import type { State } from '../course/state.ts'
import { excusesIn } from './excuses.ts'
import type { TestResults } from './test-results.ts'
import { uncoveredIn, type CoverageMap } from './uncovered.ts'

/** What of a learner's code is measured: all that Node runs. */
export const covering = { include: ['src/**/*.{ts,mts,cts,js,mjs,cjs}'], exclude: [] }

/** Why `src/` is not wholly covered, in one place of it. */
export interface Gap {
  readonly path: string
  /** From 1. */
  readonly line: number
  /** Such as "no test runs this branch". */
  readonly what: string
}

/**
 * The one judgement of coverage: what no test runs, and what the measuring was told to look away from, which it then
 * cannot see. Null when nothing was measured.
 *
 * @param root where `src/` stands on this disk
 */
export function gapsIn(
  { coverage }: Pick<TestResults, 'coverage'>,
  root: string,
  state: State,
): readonly Gap[] | null {
  if (coverage === null) return null
  const excused = [...state].flatMap(([path, bytes]) =>
    path.startsWith('src/')
      ? excusesIn(bytes.toString('utf8')).flatMap(({ from, line, words }) =>
          from === 'coverage' ? [{ path, line, what: `"${words}" hides this from the measuring` }] : [],
        )
      : [],
  )
  const uncovered = [...uncoveredIn(coverage as CoverageMap, root)].flatMap(([path, places]) =>
    places.map(({ line, what }) => ({ path, line, what: `no test runs this ${what}` })),
  )
  return [...uncovered, ...excused]
}

/** Files of `src/` that are no code, and so are not measured. */
export const notMeasured = (state: State): readonly string[] =>
  [...state.keys()].filter((path) => path.startsWith('src/') && !/\.[cm]?[jt]s$/.test(path))
