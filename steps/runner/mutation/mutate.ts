import { availableParallelism } from 'node:os'
import type { Course } from '../course/read-course.ts'
import { filesNamedBy } from '../course/needed-files.ts'
import { stateAt, testFilesOf } from '../course/state.ts'
import { stateOf } from '../test-runs/run-tests.ts'
import type { States } from '../test-runs/faster/shared-transforms.ts'
import { runStates, workersFor } from '../test-runs/run-states.ts'
import { redsIn, timeOut, type Red } from '../test-runs/test-results.ts'
import { mutantsOf, type Mutant, type MutatedState } from './mutants.ts'
import { layOut } from '../test-runs/lay-out-states.ts'
import { below, diskOf, locationsOf, withSuffix } from '../system/locations.ts'
import { typeErrors } from '../test-runs/type-errors.ts'
import { inTurn } from '../workspace/lock.ts'
import { complain, dim } from '../terminal/print.ts'

export interface MutationReport {
  /** How many mutants a test noticed, place by place. */
  readonly caught: ReadonlyMap<MutatedState, number>
  /** No test notices these, but the type checker refuses them. */
  readonly refused: readonly Mutant[]
  /** No test notices these, and they are listed as equivalent. */
  readonly excused: readonly Mutant[]
  /** Neither a test nor the type checker notices these. */
  readonly survivors: readonly Mutant[]
  /** What is listed as equivalent and does not exist, or is noticed. */
  readonly stale: readonly string[]
  /** Where tests or types fail with nothing changed: what they say about mutants is worth nothing. */
  readonly broken: readonly MutatedState[]
}

/**
 * Changes what each green and refactor adds, and the whole finished `src/`, one small thing at a time, and looks whether
 * the tests that stand there notice. The test that asked for the line goes first, then its file, then the others: most
 * are caught at once.
 *
 * @param equivalents names of mutants that behave as the code does
 * @param only where to look; by default everywhere
 */
export function mutate(
  course: Course,
  equivalents: ReadonlyMap<string, string>,
  only?: MutatedState,
): Promise<MutationReport> {
  const root = below(locationsOf(course.root).scratch, 'mutation')
  return inTurn(withSuffix(root, '.lock'), sayWaiting, () =>
    mutateIn(diskOf(root), course, equivalents, only),
  )
}

const sayWaiting = (holder: number) =>
  complain(dim(`Another npm run mutation is at work here (process ${holder}): this one waits for it.`))

async function mutateIn(
  root: string,
  course: Course,
  equivalents: ReadonlyMap<string, string>,
  only: MutatedState | undefined,
): Promise<MutationReport> {
  const everywhere = mutantsOf(course)
  const mutants = everywhere.filter(({ place }) => only === undefined || place === only)
  const controls = controlsOf(course, mutants)
  const red = new Set<string>()
  /** Those that no test notices in a round. */
  const unnoticed = async (suspects: readonly Suspect[], round: Round): Promise<readonly Suspect[]> => {
    const beside = among(controls, suspects)
    layOut(root, statesOf([...controls, ...suspects]))
    const noticed = new Set<string>()
    for (const batch of batchesOf([...beside, ...suspects], round)) {
      for (const folder of await noticedOf(root, batch, round)) noticed.add(folder)
    }
    for (const { folder } of beside) if (noticed.has(folder)) red.add(folder)
    return suspects.filter(({ folder }) => !noticed.has(folder))
  }
  let alive: readonly Suspect[] = mutants.map((mutant, index) => ({ ...mutant, folder: `mutant-${index}` }))
  for (const round of rounds) alive = await unnoticed(alive, round)
  // These before the last round, which takes longest: it is of no use to a mutant that does not type-check.
  const unlisted = alive.filter(({ name }) => !equivalents.has(name))
  const errors = await typeErrors(
    root,
    [...among(controls, unlisted), ...unlisted].map(({ folder }) => folder),
  )
  const untyped = new Set(errors.map(({ state }) => state))
  const refused = unlisted.filter(({ folder }) => untyped.has(folder))
  alive = await unnoticed(
    alive.filter((suspect) => !refused.includes(suspect)),
    lastRound,
  )
  const left = new Set([...alive, ...refused].map(({ name }) => name))
  const caught = new Map<MutatedState, number>()
  for (const { place, name } of mutants) {
    if (!left.has(name)) caught.set(place, (caught.get(place) ?? 0) + 1)
  }
  const known = new Set(everywhere.map(({ name }) => name))
  const looked = new Set(mutants.map(({ name }) => name))
  return {
    caught,
    refused,
    excused: alive.filter(({ name }) => equivalents.has(name)),
    survivors: alive.filter(({ name }) => !equivalents.has(name)),
    stale: [...equivalents.keys()].filter(
      (name) => !known.has(name) || (looked.has(name) && !left.has(name)),
    ),
    broken: controls.filter(({ folder }) => red.has(folder) || untyped.has(folder)).map(({ place }) => place),
  }
}

/** The places that these mutants are of. */
const among = (controls: readonly Suspect[], suspects: readonly Suspect[]) =>
  controls.filter((control) => suspects.some(({ place }) => place === control.place))

interface Suspect extends Mutant {
  /** Where its state lies. */
  readonly folder: string
}

/** Each place as it is, with nothing changed: its tests have to pass beside those of its mutants. */
function controlsOf(course: Course, mutants: readonly Mutant[]): readonly Suspect[] {
  const asked = new Map(mutants.map((mutant) => [mutant.place, mutant.asked]))
  return [...asked].map(([place, test]) => ({
    name: 'unchanged',
    place,
    folder: `unchanged-${place}`,
    state: stateAt(course, place === 'finished' ? Infinity : place),
    file: '',
    asked: test,
  }))
}

interface TestsToRun {
  readonly file: string
  /** The one test to run; by default all. */
  readonly test?: string
}

interface Round {
  readonly runsOf: (mutant: Mutant) => readonly TestsToRun[]
  /** Whether each test file has a worker of its own: what comes up in it then comes from this mutant. */
  readonly alone: boolean
  /** Whether a failure is believed at once: that of the test which asked for the line. */
  readonly sure: boolean
}

/** Every file that can load the changed one. */
const everyFile: Round['runsOf'] = ({ state, file: changed }) =>
  testFilesOf(state).flatMap((file) =>
    changed === '' || filesNamedBy(file, state).has(changed) ? [{ file }] : [],
  )

const rounds: readonly Round[] = [
  { runsOf: ({ asked }) => [asked], alone: false, sure: true },
  { runsOf: ({ asked: { file } }) => [{ file }], alone: false, sure: false },
  { runsOf: everyFile, alone: false, sure: false },
]
const lastRound: Round = { runsOf: everyFile, alone: true, sure: false }

/** Where each test file has a worker of its own, so many run side by side: two a core, for tests often wait. */
const threads = availableParallelism() * 2

/** So many test files at once: what a worker has loaded for one stays in memory, some megabytes, until the worker ends. */
const filesAtOnce = 200

/** As many suspects at a time as have so many test files to run. */
function batchesOf(suspects: readonly Suspect[], { runsOf }: Round): readonly (readonly Suspect[])[] {
  const batches: Suspect[][] = []
  let files = filesAtOnce
  for (const suspect of suspects) {
    if (files >= filesAtOnce) {
      batches.push([])
      files = 0
    }
    batches.at(-1)?.push(suspect)
    files += runsOf(suspect).length
  }
  return batches
}

const statesOf = (suspects: readonly Suspect[]): States =>
  new Map(suspects.map(({ folder, state }) => [folder, state]))

/** The folders of those that a test noticed. */
async function noticedOf(
  root: string,
  suspects: readonly Suspect[],
  { runsOf, alone, sure }: Round,
): Promise<ReadonlySet<string>> {
  const states = statesOf(suspects)
  const runs = suspects.flatMap((suspect) =>
    runsOf(suspect).map(({ file, test }) => ({ path: `${suspect.folder}/${file}`, test })),
  )
  const only = new Map(
    runs.flatMap(({ path, test }) => (test === undefined ? [] : [[path, [test]] as const])),
  )
  const results = await runStates({
    root,
    states,
    files: runs.map(({ path }) => path),
    only,
    isolate: alone,
    // Most of the time tests wait, so there is room for more than one a core.
    threads: alone ? threads : workersFor(runs.length),
    timeout: 2_000,
  })
  // In a worker that many share, an error that no test caught may come from the one before.
  const strayed = alone ? results.strays.flatMap(({ file }) => (file === null ? [] : [file])) : []
  const reds = redsIn(results).filter(({ thrown }) => thrown)
  const doubts = reds.filter(({ thrown }) => !sure || thrown?.name === timeOut)
  const certain = reds.filter((red) => !doubts.includes(red))
  const found = new Set([...strayed, ...certain.map(({ file }) => file)].map(stateOf))
  const again = await failingAgain(
    root,
    states,
    doubts.filter(({ file }) => !found.has(stateOf(file))),
  )
  return new Set([...found, ...again])
}

/**
 * On a busy machine tests fail, too. So the first that failed in each file runs once more, by itself and with the time
 * that `npm test` allows. The folders of those that fail again.
 */
async function failingAgain(root: string, states: States, reds: readonly Red[]): Promise<readonly string[]> {
  if (reds.length === 0) return []
  const firsts = new Map(reds.toReversed().map(({ file, test }) => [file, test]))
  const only = [...firsts].flatMap(([file, test]) => (test === null ? [] : [[file, [test]] as const]))
  const files = [...firsts.keys()]
  const results = await runStates({ root, states, files, only: new Map(only), isolate: true, threads })
  return [...redsIn(results), ...results.strays].flatMap(({ file, thrown }) =>
    thrown && file !== null ? [stateOf(file)] : [],
  )
}
