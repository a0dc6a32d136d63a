import { randomUUID } from 'node:crypto'
import { join, relative, sep } from 'node:path'
import { Writable } from 'node:stream'
import { fileURLToPath } from 'node:url'
import { stripVTControlCharacters } from 'node:util'
import type {
  PoolRunnerInitializer,
  ResolvedCoverageOptions,
  TestCase,
  TestModule,
  TestSuite,
  Vitest,
} from 'vitest/node'
import { locationsOf } from '../system/locations.ts'
import { isMapping } from '../system/read-json.ts'
import { makeFolder } from '../system/write-file.ts'
import { endEndlessWorkers } from './endless.ts'
import settings from '../../../vitest.config.ts'
import type { State } from '../course/state.ts'
import {
  noResults,
  timeOut,
  type FileResult,
  type TestResults,
  type TestResult,
  type Thrown,
} from './test-results.ts'
import { noWayOut } from './no-way-out.ts'
import { inOrder, sharedTransforms, type States } from './faster/shared-transforms.ts'

/** Test file -> full names of the tests in it. */
export type Only = ReadonlyMap<string, readonly string[]>

export interface TestRun {
  /** Folder on this disk. */
  readonly root: string
  /** Test files, from the root, with forward slashes. */
  readonly files: readonly string[]
  /** When the root holds many states of the course: what lies there, which is then not read again for each of them. */
  readonly states?: States
  /** Of these files only some tests are run: file -> their full names. The others in it count as skipped. */
  readonly only?: Only
  /** What to measure, as globs from the root, and what to leave out of it. By default nothing is measured. */
  readonly covering?: {
    readonly include: readonly string[]
    readonly exclude: readonly string[]
    /** Another coverage provider than vitest's own for V8: a module on this disk. */
    readonly provider?: string
    /** The folder that gets the reports of `npm run coverage`, from the root; it is emptied. By default there are none. */
    readonly reports?: string
  }
  /** Is told of each state whose tests have ended, while the others run. */
  readonly stateEnded?: () => void
  /** Worker threads at most. By default as many as vitest thinks right. */
  readonly threads?: number
  /** Whether each test file gets a worker of its own. By default as `npm test` does it. */
  readonly isolate?: boolean
  /** Processor time for one turn of the event loop, in seconds: a worker that takes more is ended. By default 5. */
  readonly longestTurn?: number
  /** How long a test may take, in milliseconds. By default what `npm test` allows. */
  readonly timeout?: number
  /** Modules to run before each test file, as paths on this disk. */
  readonly setupFiles?: readonly string[]
}

/** Runs test files in this process (in worker threads), with the settings of `npm test`, and prints nothing. */
export async function runTests(trial: TestRun): Promise<TestResults> {
  const runs: TestResults[] = []
  let left = trial.files
  do {
    await using tests = await start({ ...trial, files: left })
    const results = await tests.run(left, trial.only)
    runs.push(results)
    // What a worker that had to be ended did not come to is run by another one, unless the same loop waits in it.
    const stuck = runs.flatMap(({ files }) =>
      [...files].flatMap(([file, result]) => (isEndless(result) ? [file] : [])),
    )
    const stuckIn = (file: string) =>
      stuck.filter((one) => !trial.states || stateOf(one) === stateOf(file)).length
    const wasEnded = [...results.files.values()].some(isEndless)
    left = wasEnded ? left.filter((file) => results.files.get(file) === notRun && stuckIn(file) < 2) : []
  } while (left.length > 0)
  const [first, ...more] = runs
  return first && more.length > 0 ? together(first, more) : (first ?? noResults)
}

/** The folder of a state, when many lie side by side. */
export const stateOf = (file: string): string => file.split('/', 1)[0] ?? ''

const together = (first: TestResults, more: readonly TestResults[]): TestResults => ({
  files: new Map([first, ...more].flatMap(({ files }) => Array.from(files))),
  strays: [first, ...more].flatMap(({ strays }) => strays),
  leftovers: new Map([first, ...more].flatMap(({ leftovers = new Map() }) => Array.from(leftovers))),
  coverage: null, // Part of it went with the worker.
})

const heartbeat = fileURLToPath(new URL('heartbeat.ts', import.meta.url))

/** Vitest, started and waiting. */
export interface Started extends AsyncDisposable {
  readonly vitest: Vitest
  /** Runs test files. One run at a time. */
  run(files: readonly string[], only?: Only): Promise<TestResults>
}

/** Where the workers come from, if not from vitest: the runner's own tests keep theirs. */
export const workers: { pool?: PoolRunnerInitializer } = {}

/** `pool`: where the workers of this one come from. */
export async function start(
  trial: Omit<TestRun, 'files'> & Partial<Pick<TestRun, 'files'>>,
  pool = workers.pool,
): Promise<Started> {
  const { createVitest } = await import('vitest/node')
  let coverage: unknown = null
  const running = new Set<string>()
  const last = lastOfStates(trial.files ?? [])
  const { longestTurn = 5 } = trial
  endEndlessWorkers(longestTurn)
  const vitest = await createVitest(
    'test',
    {
      ...settings.test,
      config: false,
      root: trial.root,
      watch: false,
      silent: true,
      reporters: [
        {
          onCoverage: (map: unknown) => void (coverage = map),
          onTestModuleQueued: ({ moduleId }) => void running.add(moduleId),
          onTestModuleEnd({ moduleId }) {
            running.delete(moduleId)
            if (last.includes(relative(trial.root, moduleId).replaceAll(sep, '/'))) trial.stateEnded?.()
          },
        },
      ],
      coverage: measuring(trial),
      ...(pool && { pool }),
      ...(trial.states && { sequence: { sequencer: inOrder } }),
      ...(trial.timeout !== undefined && { testTimeout: trial.timeout, hookTimeout: trial.timeout }),
      ...(trial.isolate !== undefined && { isolate: trial.isolate }),
      ...(trial.threads !== undefined && { maxWorkers: trial.threads }),
      setupFiles: [settings.test?.setupFiles ?? [], heartbeat, trial.setupFiles ?? []].flat(),
      provide: {
        lastTestFile: trial.files?.at(-1) ?? '',
        lastOfStates: last,
        needsFake: [...(trial.states?.values() ?? [])].some(namesFake),
      },
    },
    {
      logLevel: 'silent',
      clearScreen: false,
      plugins: [
        noWayOut(trial.root),
        ...(trial.states ? [sharedTransforms(trial.states, trial.covering !== undefined)] : []),
      ],
    },
    // The coverage provider prints a whole stack for a file that it cannot parse, which the results tell as well.
    { stdout: unread(), stderr: unread() },
  )
  await vitest.standalone() // Which starts the coverage provider; it runs no test.
  return {
    vitest,
    async run(files, only) {
      running.clear()
      coverage = null
      const ran = await vitest.runTestSpecifications(specify(vitest, trial.root, files, only), true)
      return { ...resultsFrom(ran, trial.root, files, running, longestTurn), coverage }
    },
    [Symbol.asyncDispose]: () => vitest.close(),
  }
}

/** The last test file of each state, whose files come one after the other. */
const lastOfStates = (files: readonly string[]): readonly string[] => [
  ...new Map(files.map((file) => [stateOf(file), file])).values(),
]

const namesFake = (state: State): boolean =>
  [...state.values()].some((bytes) => bytes.includes('ioredis-mock'))

const unread = () => new Writable({ write: (_piece, _encoding, done) => done() })

function measuring({ root, covering }: Pick<TestRun, 'root' | 'covering'>): Partial<ResolvedCoverageOptions> {
  if (!covering) return { enabled: false }
  return {
    enabled: true,
    ...(covering.provider === undefined
      ? { provider: 'v8' }
      : { provider: 'custom', customProviderModule: covering.provider }),
    include: [...covering.include],
    exclude: [...covering.exclude],
    reporter: (covering.reports === undefined ? [] : (['html', 'lcov', 'json-summary'] as const)).map(
      (name) => [name, {}],
    ),
    // Red is what many of our tests have to be.
    reportOnFailure: true,
    // One of its own: it is emptied, and removed when it is.
    reportsDirectory:
      covering.reports ?? join(makeFolder(locationsOf(root).scratch), `coverage-${randomUUID()}`),
  }
}

type Ran = Awaited<ReturnType<Vitest['runTestSpecifications']>>

function specify(vitest: Vitest, root: string, files: readonly string[], only: Only | undefined) {
  const project = vitest.getRootProject()
  return files.map((file) => {
    const tests = only?.get(file)
    return project.createSpecification(
      join(root, file),
      tests ? { testNamePattern: patternOf(tests) } : undefined,
    )
  })
}

/** `running`: modules that have begun and not ended, though the run has: their worker had to be ended. */
function resultsFrom(
  { testModules, unhandledErrors }: Ran,
  root: string,
  files: readonly string[],
  running: ReadonlySet<string>,
  longestTurn: number,
) {
  const pathOf = (disk: string) => relative(root, disk).replaceAll(sep, '/')
  const ran = new Map(
    testModules
      .filter((module) => module.state() !== 'queued')
      .map((module) => [pathOf(module.moduleId), resultOf(module)]),
  )
  const why = `${unending}: after ${longestTurn} s of its own processor time nothing else had had a turn`
  for (const id of running) ran.set(pathOf(id), couldNotRun(why))
  return {
    files: new Map(files.map((file) => [file, ran.get(file) ?? notRun])),
    leftovers: new Map(
      testModules.flatMap((module) => {
        const { leftovers } = module.meta()
        return leftovers ? [[pathOf(module.moduleId), leftovers] as const] : []
      }),
    ),
    strays: unhandledErrors
      .filter((error) => running.size === 0 || !tellsOfTheEnd(error))
      .map((error) => {
        const file =
          isMapping(error) && typeof error['VITEST_TEST_PATH'] === 'string' ? error['VITEST_TEST_PATH'] : null
        return { file: file === null ? null : pathOf(file), thrown: thrownFrom(error) }
      }),
  }
}

/** How a test file ended that was asked for and did not run. */
export const notRun = couldNotRun('it was not run')
const unending = 'it does not come to an end'
const isEndless = (result: FileResult) =>
  result.kind === 'amber' && result.thrown.message.startsWith(unending)

/** What vitest has to say when a worker is gone. */
const tellsOfTheEnd = (error: unknown) =>
  isMapping(error) &&
  /\[vitest-pool\]|Worker exited|Failed to terminate/.test(
    `${String(error['message'])}${String(error['name'])}`,
  )

/** Patterns are matched against names that are joined with blanks, and begin with one. */
function patternOf(tests: readonly string[]): RegExp {
  const names = tests.map((test) =>
    test.replaceAll(' > ', ' ').replaceAll(/[$()*+.?[\\\]^{|}]/g, String.raw`\$&`),
  )
  return new RegExp(`^ *(?:${names.join('|')})$`)
}

function resultOf(module: TestModule): FileResult {
  const blocks: readonly (TestModule | TestSuite)[] = [module, ...module.children.allSuites()]
  const [broken] = blocks.flatMap((block) => block.errors())
  if (broken) return { kind: 'amber', thrown: thrownFrom(broken) }
  const tests = [...module.children.allTests()].map(resultOfTest)
  if (tests.length === 0) return couldNotRun('there is no test in it')
  return { kind: 'ran', tests }
}

function resultOfTest(testCase: TestCase): TestResult {
  const test = testCase.fullName
  const { state, errors = [] } = testCase.result()
  if (state === 'passed') return { kind: 'passed', test }
  if (state === 'failed') return { kind: 'failed', test, thrown: inTime(thrownFrom(errors[0])) }
  return { kind: 'skipped', test }
}

/** Vitest's message for a time-out gives advice that does not apply here. */
function inTime(thrown: Thrown): Thrown {
  const { what, late } = /^(?<what>Test|Hook) timed out in (?<late>\d+)ms/.exec(thrown.message)?.groups ?? {}
  if (late === undefined) return thrown
  const before = what === 'Hook' ? 'a hook of it ' : ''
  return { ...thrown, name: timeOut, message: `${before}timed out after ${Number(late) / 1000} s` }
}

function couldNotRun(message: string): FileResult {
  return { kind: 'amber', thrown: { name: 'Error', message, expected: null, received: null } }
}

/** Errors come out of the workers as plain objects; what else may be thrown is printed. */
function thrownFrom(error: unknown): Thrown {
  if (!isMapping(error)) return { name: typeof error, message: String(error), expected: null, received: null }
  const text = (key: string) => (typeof error[key] === 'string' ? stripVTControlCharacters(error[key]) : null)
  return {
    name: text('name') ?? 'Error',
    message: text('message') ?? '',
    expected: text('expected'),
    received: text('actual'),
    ...(isCrash(error) && { crashed: true }),
  }
}

/** Whether JavaScript itself threw it, in a line of `src/`. */
function isCrash({ name, stack }: Readonly<Record<string, unknown>>): boolean {
  if (!/^(?:Type|Reference|Range|Syntax)Error$/.test(String(name))) return false
  const [place = ''] = /^ +at .*$/m.exec(String(stack)) ?? []
  return /[\\/]src[\\/]/.test(place) && !/node_modules/.test(place)
}
