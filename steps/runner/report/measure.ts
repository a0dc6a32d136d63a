import { relative, sep } from 'node:path'
import { testFilesOf } from '../course/state.ts'
import { runTests } from '../test-runs/run-tests.ts'
import { redsIn, testsOf, type Thrown } from '../test-runs/test-results.ts'
import { uncoveredIn, type CoverageMap, type Uncovered } from '../test-runs/uncovered.ts'
import { readTree } from '../course/read-tree.ts'

/** How many of something there are, and how many of them a test ran. */
export interface Amount {
  readonly total: number
  readonly covered: number
}

export const metrics = ['statements', 'branches', 'functions', 'lines'] as const

export type Amounts = Readonly<Record<(typeof metrics)[number], Amount>>

export interface Measured {
  readonly total: Amounts
  /** File of `src/`, from the root, with forward slashes -> its part of it. */
  readonly files: ReadonlyMap<string, Amounts>
  /** The same -> what no test ran, by line. Files without any are not in it. */
  readonly uncovered: ReadonlyMap<string, readonly Uncovered[]>
  /** The same -> line with code on it -> how often it was run. */
  readonly hits: ReadonlyMap<string, ReadonlyMap<number, number>>
  /** How many tests ran. */
  readonly tests: number
  /** Test files and full names of tests that did not pass, for people. */
  readonly failing: readonly string[]
}

interface MeasuredMap extends CoverageMap {
  readonly getCoverageSummary: () => Amounts
  readonly fileCoverageFor: (file: string) => ReturnType<CoverageMap['fileCoverageFor']> & {
    readonly toSummary: () => Amounts
    readonly getLineCoverage: () => Readonly<Record<string, number>>
  }
}

/**
 * Runs the tests of a folder's `test/` and measures what they run of its `src/`.
 *
 * @param reports folder for HTML, lcov and json-summary, from the root; null for none
 */
export async function measure(root: string, reports: string | null = null): Promise<Measured> {
  const files = testFilesOf(readTree(root).files)
  if (files.length === 0) return { ...nothing, failing: ['there is no test file in test/'] }
  const results = await runTests({
    root,
    files,
    covering: { include: ['src/**/*.ts'], exclude: [], ...(reports !== null && { reports }) },
  })
  const failing = [
    ...redsIn(results).map(({ file, test, thrown }) =>
      test === null && thrown ? `${file}: ${firstLine(thrown)}` : `${file} > ${test}`,
    ),
    ...results.strays.map(({ file, thrown }) => `${file ?? 'test/'}: ${firstLine(thrown)}`),
  ]
  const map = results.coverage as MeasuredMap | null
  const tests = testsOf(results).length
  if (map === null) return { ...nothing, failing, tests }
  const path = (disk: string) => relative(root, disk).replaceAll(sep, '/')
  return {
    total: map.getCoverageSummary(),
    files: new Map(map.files().map((file) => [path(file), map.fileCoverageFor(file).toSummary()])),
    uncovered: uncoveredIn(map, root),
    hits: new Map(
      map.files().map((file) => {
        const lines = Object.entries(map.fileCoverageFor(file).getLineCoverage())
        return [path(file), new Map(lines.map(([line, hits]) => [Number(line), hits]))]
      }),
    ),
    failing,
    tests,
  }
}

const firstLine = ({ message }: Thrown) => message.split('\n', 1)[0]

const none: Amount = { total: 0, covered: 0 }
const nothing: Measured = {
  total: { statements: none, branches: none, functions: none, lines: none },
  files: new Map(),
  uncovered: new Map(),
  hits: new Map(),
  tests: 0,
  failing: [],
}
