import { createHash } from 'node:crypto'
import { fileURLToPath } from 'node:url'
import { countingLine } from '../terminal/counting-line.ts'
import { finishAll } from '../system/finish-all.ts'
import { filesNamedBy } from '../course/needed-files.ts'
import { type Fold, sourcesOf, type State, testFilesOf } from '../course/state.ts'
import { runStates, workersFor } from '../test-runs/run-states.ts'
import { notRun, stateOf } from '../test-runs/run-tests.ts'
import type { FileResult, TestResults } from '../test-runs/test-results.ts'
import type { Found, Memory } from './cache.ts'
import type { Evidence } from './evidence.ts'
import { Fingerprints } from './fingerprints.ts'
import { uncoveredIn, type CoverageMap } from '../test-runs/uncovered.ts'
import type { Trial } from './wrong-states.ts'
import type { States } from '../test-runs/faster/shared-transforms.ts'

/** What the states showed, as a rule sees it, and in the form in which it can be remembered. */
export interface TestedStates extends Pick<Evidence, 'strays' | 'leftovers' | 'wrongResults' | 'uncovered'> {
  /** In the order of the folds. */
  readonly results: readonly TestResults[]
  /** How many test files were run for this, and how many of them had been run before. */
  readonly ran: number
  readonly reused: number
  /** Without the states of which an error that no test caught leaves doubts. */
  readonly found: readonly Found[]
}

interface FileRun {
  /** From the proof's folder. */
  readonly file: string
  /** Fingerprint of the test file and of all it may load. */
  readonly key: string
}

/** A state and the runs that show its results. */
export interface Plan {
  /** Folder of the step that the state is of, or was made from. */
  readonly step: string
  readonly name: string
  /** Fingerprint of the state's code. */
  readonly key: string
  /** Fingerprint of its text, comments and all. */
  readonly text: string
  /** Test file of the state -> its run; it may be that of an earlier state. */
  readonly runs: ReadonlyMap<string, FileRun>
  /** Whether its coverage counts. */
  readonly covers: boolean
}

interface Where {
  /** Where the states lie. */
  readonly folder: string
  /** What lies there. */
  readonly states: States
}

interface ProofRun extends Where {
  readonly covering: boolean
  readonly memory: Memory
}

/** What has to be done that no earlier proof has done, with the same code. */
export interface Work {
  readonly runs: readonly FileRun[]
  /** States whose coverage is measured. */
  readonly measured: readonly Plan[]
  /** Names of all states that this takes. */
  readonly states: ReadonlySet<string>
}

export function workFor(
  plans: readonly Plan[],
  { covering, memory }: Pick<ProofRun, 'covering' | 'memory'>,
): Work {
  const measured = plans.filter(({ covers, key }) => covering && covers && !memory.uncovered.has(key))
  const whole = new Set(measured.flatMap(({ runs }) => [...runs.values()].map(({ file }) => file)))
  const runs = runsOf(plans).filter(({ file, key }) => whole.has(file) || !memory.results.has(key))
  const states = [...measured.map(({ name }) => name), ...runs.map(({ file }) => stateOf(file))]
  return { runs, measured, states: new Set(states) }
}

const runsOf = (plans: readonly Plan[]): readonly FileRun[] => [
  ...new Map(plans.flatMap(({ runs }) => [...runs.values()].map((run) => [run.file, run]))).values(),
]

/** Shows the results of every state: what is not remembered is run, in one go. */
export async function testStates(
  folds: readonly Fold[],
  trials: readonly Trial[],
  plans: readonly Plan[],
  { folder, states, covering, memory, work }: ProofRun & { readonly work: Work },
): Promise<TestedStates> {
  const shares = await runAll(work, { folder, states }, trials)
  const fromFile = new Map(shares.flatMap(({ files }) => [...files]))
  const thrown = shares.flatMap(({ strays }) => strays)
  const trialNames = new Set(trials.map(({ name }) => name))
  const doubtful = new Set(shares.flatMap((share) => doubtfulIn(share, trialNames)))
  const leftovers = new Map(
    shares.flatMap((share) => [...(share.leftovers ?? [])].map(([file, left]) => [stateOf(file), left])),
  )

  const resultOf = ({ file, key }: FileRun): FileResult =>
    fromFile.get(file) ?? memory.results.get(key) ?? notRun
  const ran = runsOf(plans).length
  const maps = shares.flatMap(({ coverage }) => (coverage === null ? [] : [coverage as CoverageMap]))
  const fresh = new Map(maps.flatMap((map) => Array.from(uncoveredIn(map, folder))))
  const freshOf = ({ name }: Plan) =>
    [...fresh].flatMap(([path, places]) =>
      path.startsWith(`${name}/`) ? [[path.slice(name.length + 1), places] as const] : [],
    )
  const found = plans.map((plan): Found => ({
    step: plan.step,
    state: plan.name,
    key: plan.key,
    results: [...plan.runs.values()].map((one) => [one.key, resultOf(one)]),
    uncovered: plan.covers ? (memory.uncovered.get(plan.key) ?? (covering ? freshOf(plan) : null)) : null,
  }))
  return {
    results: plans.slice(0, folds.length).map(({ name, runs }) => ({
      files: new Map([...runs].map(([path, one]) => [path, resultOf(one)])),
      strays: thrown.filter(({ file }) => file?.startsWith(`${name}/`)),
      coverage: null,
    })),
    strays: thrown.flatMap((stray) => (stray.file === null ? [stray.thrown] : [])),
    wrongResults: {
      files: new Map(runsOf(plans.slice(folds.length)).map((one) => [one.file, resultOf(one)])),
      strays: [],
      coverage: null,
    },
    uncovered: new Map(
      found.flatMap(({ state, uncovered }) =>
        (uncovered ?? []).map(([path, places]) => [`${state}/${path}`, places] as const),
      ),
    ),
    leftovers: new Map(
      plans.flatMap(({ name, covers }) => {
        const left = leftovers.get(name) ?? []
        return covers && left.length > 0 ? [[name, left]] : []
      }),
    ),
    ran,
    reused: ran - work.runs.length,
    found: found.filter((_, index) => {
      const runs = [...(plans[index]?.runs.values() ?? [])]
      return !runs.some(({ file }) => doubtful.has(stateOf(file)))
    }),
  }
}

/**
 * The states of which nothing is certain, because an error came up that no test caught. While a sound state ran it may
 * have come from any other in the same worker; a wrong answer is there to go wrong, and only its test is asked about.
 */
function doubtfulIn({ strays, files }: TestResults, trialNames: ReadonlySet<string>): readonly string[] {
  const isDoubtful = strays.some(({ file }) => file === null || !trialNames.has(stateOf(file)))
  return isDoubtful ? [...files.keys()].map(stateOf) : []
}

/**
 * A state is run by one worker, which loads its modules once; each worker has a vitest of its own, which gives it all
 * of its test files in a row.
 */
async function runAll(work: Work, there: Where, trials: readonly Trial[]): Promise<readonly TestResults[]> {
  const shares = sharesOf(work, there.states, workersFor(work.runs.length))
  using line = countingLine(work.states.size, 'states')
  const running = shares.map((share) => runShare(share, there, trials, line.next))
  return await finishAll(running)
}

/** What one worker does. */
type Share = Pick<Work, 'runs' | 'measured'>

/**
 * Deals the states out, each to the worker that has least to do so far, and the long ones, which are the last, first.
 * How long a state takes is told well enough by the size of what it loads.
 */
export function sharesOf(
  { runs, measured }: Omit<Work, 'states'>,
  states: States,
  workers: number,
): readonly Share[] {
  const shares = Array.from({ length: workers }, () => ({
    bytes: 0,
    runs: [] as FileRun[],
    measured: [] as Plan[],
  }))
  const names = new Set(runs.map(({ file }) => stateOf(file)))
  for (const name of [...names].toSorted().toReversed()) {
    const files = states.get(name) ?? new Map<string, Buffer>()
    const its = runs.filter(({ file }) => stateOf(file) === name)
    const loaded = [...sourcesOf(files).keys(), ...its.map(({ file }) => file.slice(name.length + 1))]
    const least = shares.reduce((one, other) => (other.bytes < one.bytes ? other : one))
    least.bytes += loaded.reduce((sum, path) => sum + (files.get(path)?.length ?? 0), 0)
    least.runs.push(...its)
    least.measured.push(...measured.filter((plan) => plan.name === name))
  }
  return shares.filter((share) => share.runs.length > 0)
}

function runShare(
  { runs, measured }: Share,
  { folder, states }: Where,
  trials: readonly Trial[],
  stateEnded: () => void,
): Promise<TestResults> {
  return runStates({
    root: folder,
    states,
    files: runs.map(({ file }) => file),
    only: new Map(trials.map(({ name, testFile, test }) => [`${name}/${testFile}`, [test]])),
    threads: 1,
    stateEnded,
    ...(measured.length > 0 && {
      covering: {
        include: measured.map(({ name }) => `${name}/src/**/*.ts`),
        exclude: [],
        provider: fileURLToPath(new URL('../test-runs/faster/state-coverage.ts', import.meta.url)),
      },
    }),
  })
}

/**
 * For each state, and then for each trial, the runs that show its results.
 *
 * @param covering whether the coverage of greens and refactors is measured: then each of them is run whole
 */
export const plansOf = (
  folds: readonly Fold[],
  trials: readonly Trial[],
  covering: boolean,
  prints = new Fingerprints(),
): readonly Plan[] => [
  ...planOf(folds, covering, prints),
  ...trials.map((trial) => planOfTrial(trial, prints)),
]

/** What an earlier state has run, with all that it may load, is not run again. */
function planOf(folds: readonly Fold[], covering: boolean, prints: Fingerprints): readonly Plan[] {
  const known = new Map<string, FileRun>()
  return folds.map(({ step, after }) => {
    const covers = step.phase !== 'red'
    const runs = new Map(
      testFilesOf(after).map((path) => {
        const key = fingerprint(path, after, prints)
        const run = (covers && covering ? undefined : known.get(key)) ?? {
          file: `${step.folder}/${path}`,
          key,
        }
        known.set(key, run)
        return [path, run]
      }),
    )
    return {
      step: step.folder,
      name: step.folder,
      // A file that no test loads is not covered.
      key: together([codeOf(after, prints), ...[...runs.values()].map(({ key }) => key)]),
      text: together([...after].map(([path, bytes]) => `${path}\0${prints.bytes(bytes)}`).toSorted()),
      runs,
      covers,
    }
  })
}

function planOfTrial({ step, name, state, testFile, test }: Trial, prints: Fingerprints): Plan {
  const key = together([test, fingerprint(testFile, state, prints)])
  const runs = new Map([[testFile, { file: `${name}/${testFile}`, key }]])
  return { step: step.folder, name, key, text: key, runs, covers: false }
}

/** A fingerprint of a test file and everything that it may load: what it and its imports name, as an import or a text. */
function fingerprint(path: string, state: State, prints: Fingerprints): string {
  const needed = filesNamedBy(path, state)
  return together([path, codeOf(new Map([...state].filter(([file]) => needed.has(file))), prints)])
}

const codeOf = (files: State, prints: Fingerprints): string =>
  together([...files].map(([path, bytes]) => `${path}\0${prints.code(path, bytes)}`).toSorted())

const together = (prints: Iterable<string>): string =>
  createHash('sha256')
    .update([...prints].join('\0'))
    .digest('base64')
