/** An error as a test or a module threw it. */
export interface Thrown {
  /** Constructor name: AssertionError, TypeError, … */
  readonly name: string
  readonly message: string
  /** What an assertion wanted and what came, printed; null when the error says nothing about it. */
  readonly expected: string | null
  readonly received: string | null
  /** Whether it is an error of the language (a TypeError, …) that came up in `src/`: the code broke, and did not answer. */
  readonly crashed?: true
}

/** The name of what a test throws that does not end in time: it says nothing of what it wanted to assert. */
export const timeOut = 'TimeOut'

/** How one test ended. */
export type TestResult =
  | { readonly kind: 'passed'; readonly test: string }
  | { readonly kind: 'failed'; readonly test: string; readonly thrown: Thrown }
  /** Skipped, or marked as still to be written: it proves nothing. */
  | { readonly kind: 'skipped'; readonly test: string }

/** How one test file ended. `test` is a full name: describe blocks and test name, joined with ' > '. */
export type FileResult =
  /** Its tests ran. */
  { readonly kind: 'ran'; readonly tests: readonly TestResult[] } | Amber

/** Its tests could not run, or not to their end: syntax error, bad import, no test in it, time out. */
export interface Amber {
  readonly kind: 'amber'
  readonly thrown: Thrown
}

interface InFile {
  readonly file: string
}

/** Something that is not green: a test, or a whole file that could not run. */
export interface Red extends InFile {
  /** Null for a file. */
  readonly test: string | null
  /** Null for a test that is skipped. */
  readonly thrown: Thrown | null
}

export interface TestResults {
  /** Path from the root, with forward slashes -> how it ended. Every file that was asked for is in it. */
  readonly files: ReadonlyMap<string, FileResult>
  /** Errors that no test caught, and the file that ran when they came up, if that is known. */
  readonly strays: readonly { readonly file: string | null; readonly thrown: Thrown }[]
  /** What the tests of a state left behind, by the last of its files; without an entry nothing was looked at. */
  readonly leftovers?: ReadonlyMap<string, readonly string[]>
  /** What the coverage provider found (an istanbul coverage map); null when it was not asked for. */
  readonly coverage: unknown
}

/** Of what was not run. */
export const noResults: TestResults = { files: new Map(), strays: [], coverage: null }

type Files = Pick<TestResults, 'files'>

/** How a test ended; amber when its file could not run; null when there is no such test. */
export function endOf({ files }: Files, file: string, test: string): TestResult | Amber | null {
  const result = files.get(file)
  return result?.kind === 'amber' ? result : (result?.tests.find((one) => one.test === test) ?? null)
}

/** Every test that ran, with its file. */
export const testsOf = ({ files }: Files): readonly (TestResult & InFile)[] =>
  [...files].flatMap(([file, result]) =>
    result.kind === 'ran' ? result.tests.map((test) => ({ file, ...test })) : [],
  )

/** Every file that could not run, and why. */
export const ambersIn = ({ files }: Files): readonly (Amber & InFile)[] =>
  [...files].flatMap(([file, result]) => (result.kind === 'amber' ? [{ file, ...result }] : []))

/** All that is not green. */
export const redsIn = (results: Files): readonly Red[] => [
  ...ambersIn(results).map(({ file, thrown }) => ({ file, test: null, thrown })),
  ...testsOf(results).flatMap((one) =>
    one.kind === 'passed'
      ? []
      : [{ file: one.file, test: one.test, thrown: one.kind === 'failed' ? one.thrown : null }],
  ),
]

/**
 * Some of the results.
 *
 * @param keep is asked for each test, and with null for each file that could not run
 */
export const someOf = (
  results: TestResults,
  keep: (file: string, test: string | null) => boolean,
): TestResults => ({
  ...results,
  files: new Map(
    [...results.files].flatMap(([file, result]): readonly (readonly [string, FileResult])[] => {
      if (result.kind === 'amber') return keep(file, null) ? [[file, result]] : []
      return [[file, { kind: 'ran', tests: result.tests.filter(({ test }) => keep(file, test)) }]]
    }),
  ),
})
