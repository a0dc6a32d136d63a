import { randomUUID } from 'node:crypto'
import { join, relative, sep } from 'node:path'
import { Writable } from 'node:stream'
import { stripVTControlCharacters } from 'node:util'
import type { ResolvedCoverageOptions, TestCase, TestModule, TestSuite, Vitest } from 'vitest/node'
import settings from '../../configs/vitest.config.ts'
import { inOrder, sharedTransforms, type States } from './shared-transforms.ts'

/** An error as a test or a module threw it. */
export interface Thrown {
  /** Constructor name: AssertionError, TypeError, … */
  readonly name: string
  readonly message: string
  /** What an assertion wanted and what came, printed; null when the error says nothing about it. */
  readonly expected: string | null
  readonly received: string | null
}

/** How one test ended. */
export type TestLight =
  | { readonly kind: 'passed'; readonly test: string }
  | { readonly kind: 'failed'; readonly test: string; readonly thrown: Thrown }
  /** Skipped, or marked as still to be written: it proves nothing. */
  | { readonly kind: 'skipped'; readonly test: string }

/** How one test file ended. `test` is a full name: describe blocks and test name, joined with ' > '. */
export type FileLight =
  /** Its tests ran. */
  | { readonly kind: 'ran'; readonly tests: readonly TestLight[] }
  /** Its tests could not run, or not to their end: syntax error, bad import, no test in it, time out. */
  | { readonly kind: 'amber'; readonly thrown: Thrown }

export interface Lights {
  /** Path from the root, with forward slashes -> how it ended. Every file that was asked for is in it. */
  readonly files: ReadonlyMap<string, FileLight>
  /** Errors that no test caught, and the file that ran when they came up, if that is known. */
  readonly strays: readonly { readonly file: string | null; readonly thrown: Thrown }[]
  /** What the coverage provider found (an istanbul coverage map); null when it was not asked for. */
  readonly coverage: unknown
}

export interface Trial {
  /** Folder on this disk. */
  readonly root: string
  /** Test files, from the root, with forward slashes. */
  readonly files: readonly string[]
  /** When the root holds many states of the course: what lies there, which is then not read again for each of them. */
  readonly states?: States
  /** Of these files only one test is run: file -> its full name. The others in it count as skipped. */
  readonly only?: ReadonlyMap<string, string>
  /** What to measure, as globs from the root, and what to leave out of it. By default nothing is measured. */
  readonly covering?: {
    readonly include: readonly string[]
    readonly exclude: readonly string[]
    /** Another coverage provider than vitest's own for V8: a module on this disk. */
    readonly provider?: string
  }
  /** The last of the files, for a coverage provider that waits for it. */
  readonly lastTestFile?: string
  /** Worker threads at most. By default as many as vitest thinks right. */
  readonly threads?: number
  /** Whether each test file gets a worker of its own. By default as `npm test` does it. */
  readonly isolate?: boolean
  /** How long a test may take, in milliseconds. By default what `npm test` allows. */
  readonly timeout?: number
  /** Modules to run before each test file, as paths on this disk. */
  readonly setupFiles?: readonly string[]
}

/** Runs test files in this process (in worker threads), with the settings of `npm test`, and prints nothing. */
export async function runTests(trial: Trial): Promise<Lights> {
  await using tests = await standBy(trial)
  return await tests.run(trial.files)
}

/** Vitest, started and waiting: who runs tests again and again need not wait for its start each time. */
export interface StandingTests extends AsyncDisposable {
  /** Runs test files, all of them as they and what they import are on the disk now. One run at a time. */
  run(files: readonly string[]): Promise<Lights>
}

export async function standBy(trial: Omit<Trial, 'files'>): Promise<StandingTests> {
  const { createVitest } = await import('vitest/node')
  let coverage: unknown = null
  const vitest = await createVitest(
    'test',
    {
      ...settings.test,
      config: false,
      root: trial.root,
      watch: false,
      silent: true,
      reporters: [{ onCoverage: (map: unknown) => void (coverage = map) }],
      coverage: measuring(trial),
      ...(trial.states && { sequence: { sequencer: inOrder } }),
      ...(trial.timeout !== undefined && { testTimeout: trial.timeout, hookTimeout: trial.timeout }),
      ...(trial.isolate !== undefined && { isolate: trial.isolate }),
      ...(trial.threads !== undefined && { maxWorkers: trial.threads }),
      setupFiles: [...(trial.setupFiles ?? [])],
      provide: { lastTestFile: trial.lastTestFile ?? '' },
    },
    {
      logLevel: 'silent',
      clearScreen: false,
      plugins: trial.states ? [sharedTransforms(trial.states)] : [],
    },
    // The coverage provider prints a whole stack for a file that it cannot parse, which the lights tell as well.
    { stdout: unread(), stderr: unread() },
  )
  await vitest.standalone() // Which starts the coverage provider; it runs no test.
  return {
    async run(files) {
      const { exitCode } = process
      coverage = null
      for (const { moduleGraph } of Object.values(vitest.vite.environments)) moduleGraph.invalidateAll()
      try {
        return { ...(await lightsOf(vitest, trial, files)), coverage }
      } finally {
        // Failing tests are our subject, not our failure.
        process.exitCode = exitCode
      }
    },
    async [Symbol.asyncDispose]() {
      const { exitCode } = process
      await vitest.close()
      process.exitCode = exitCode
    },
  }
}

const unread = () => new Writable({ write: (_piece, _encoding, done) => done() })

function measuring({ covering }: Pick<Trial, 'covering'>): Partial<ResolvedCoverageOptions> {
  if (!covering) return { enabled: false }
  return {
    enabled: true,
    ...(covering.provider === undefined
      ? { provider: 'v8' }
      : { provider: 'custom', customProviderModule: covering.provider }),
    include: [...covering.include],
    exclude: [...covering.exclude],
    reporter: [],
    // Red is what many of our tests have to be.
    reportOnFailure: true,
    // One of its own: it is emptied, and removed when it is.
    reportsDirectory: join('.course', `coverage-${randomUUID()}`),
  }
}

async function lightsOf(
  vitest: Vitest,
  { root, only }: Omit<Trial, 'files'>,
  files: readonly string[],
): Promise<Omit<Lights, 'coverage'>> {
  const project = vitest.getRootProject()
  const specifications = files.map((file) => {
    const test = only?.get(file)
    return project.createSpecification(
      join(root, file),
      test ? { testNamePattern: patternOf(test) } : undefined,
    )
  })
  const { testModules, unhandledErrors } = await vitest.runTestSpecifications(specifications, true)
  const pathOf = (disk: string) => relative(root, disk).replaceAll(sep, '/')
  const ran = new Map(testModules.map((module) => [pathOf(module.moduleId), lightOf(module)]))
  return {
    files: new Map(files.map((file) => [file, ran.get(file) ?? couldNotRun('it was not run')])),
    strays: unhandledErrors.map((error) => {
      const file =
        isRecord(error) && typeof error['VITEST_TEST_PATH'] === 'string' ? error['VITEST_TEST_PATH'] : null
      return { file: file === null ? null : pathOf(file), thrown: thrownFrom(error) }
    }),
  }
}

/** Patterns are matched against names that are joined with blanks, and begin with one. */
function patternOf(test: string): RegExp {
  return new RegExp(`^ *${test.replaceAll(' > ', ' ').replaceAll(/[$()*+.?[\\\]^{|}]/g, String.raw`\$&`)}$`)
}

function lightOf(module: TestModule): FileLight {
  const blocks: readonly (TestModule | TestSuite)[] = [module, ...module.children.allSuites()]
  const [broken] = blocks.flatMap((block) => block.errors())
  if (broken) return { kind: 'amber', thrown: thrownFrom(broken) }
  const tests = [...module.children.allTests()].map(testLight)
  if (tests.length === 0) return couldNotRun('there is no test in it')
  const late = tests.find(
    (test) => test.kind === 'failed' && /^(?:Test|Hook) timed out in /.test(test.thrown.message),
  )
  if (late?.kind === 'failed') {
    const [reason = ''] = late.thrown.message.split('\n')
    return couldNotRun(`${late.test}: ${reason}`)
  }
  return { kind: 'ran', tests }
}

function testLight(testCase: TestCase): TestLight {
  const test = testCase.fullName
  const { state, errors = [] } = testCase.result()
  if (state === 'passed') return { kind: 'passed', test }
  if (state === 'failed') return { kind: 'failed', test, thrown: thrownFrom(errors[0]) }
  return { kind: 'skipped', test }
}

function couldNotRun(message: string): FileLight {
  return { kind: 'amber', thrown: { name: 'Error', message, expected: null, received: null } }
}

/** Errors come out of the workers as plain objects; what else may be thrown is printed. */
function thrownFrom(error: unknown): Thrown {
  if (!isRecord(error)) return { name: typeof error, message: String(error), expected: null, received: null }
  const text = (key: string) => (typeof error[key] === 'string' ? stripVTControlCharacters(error[key]) : null)
  return {
    name: text('name') ?? 'Error',
    message: text('message') ?? '',
    expected: text('expected'),
    received: text('actual'),
  }
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return value !== null && typeof value === 'object'
}
