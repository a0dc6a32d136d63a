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

/** How a test ended; amber when its file could not run; null when there is no such test. */
export function endOf(
  { files }: Pick<TestResults, 'files'>,
  file: string,
  test: string,
): TestResult | Amber | null {
  const result = files.get(file)
  return result?.kind === 'amber' ? result : (result?.tests.find((one) => one.test === test) ?? null)
}

/** Every test that ran, with its file. */
export const testsOf = ({ files }: Pick<TestResults, 'files'>): readonly (TestResult & InFile)[] =>
  [...files].flatMap(([file, result]) =>
    result.kind === 'ran' ? result.tests.map((test) => ({ file, ...test })) : [],
  )
