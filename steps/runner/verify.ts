import { createHash } from 'node:crypto'
import { availableParallelism } from 'node:os'
import { fileURLToPath } from 'node:url'
import type { Problem } from './contract.ts'
import type { Course, Step } from './course.ts'
import { foldsOf, testFilesOf, type Fold } from './fold.ts'
import { runTests, type FileLight, type Lights, type Thrown } from './lights.ts'
import { blocksOf } from './marked-blocks.ts'
import { layOut, proofFolder } from './proof-folder.ts'
import { readPosition } from './position.ts'
import { problemsOf, staleDocs } from './regenerate.ts'
import { checkContracts } from './rules/contract.ts'
import { checkCoverage, uncoveredIn, type CoverageMap } from './rules/coverage.ts'
import { checkLastState } from './rules/last-state.ts'
import { checkLights, type LitStep } from './rules/lights.ts'
import { checkLint } from './rules/lint.ts'
import { checkOrder } from './rules/order.ts'
import { checkProse, type Failures } from './rules/prose.ts'
import { checkReach } from './rules/reach.ts'
import { checkTypes } from './rules/types.ts'
import { checkWrongGreens, wrongStatesOf, type WrongState } from './rules/wrong-greens.ts'
import type { State } from './state.ts'
import { readTree } from './tree.ts'

export interface Proof {
  /** All of them, by step. */
  readonly problems: readonly Problem[]
  /** What was looked at, with counts, for people: when there is no problem, this is what is proven. */
  readonly proven: readonly string[]
  readonly failures: Failures
}

/** What to prove. `tests`: contracts and lights. `everything`: coverage, types and lint of each state as well. */
export type Scope = 'tests' | 'everything'

/**
 * Proves the course: every state of it is put side by side with the others and tested, all in one run.
 *
 * @param damage what was found wrong while reading the course
 * @param folder where to put the states
 */
export async function verify(
  course: Course,
  damage: readonly Problem[],
  scope: Scope,
  folder = proofFolder(course),
): Promise<Proof> {
  const folds = foldsOf(course)
  const wrongs = wrongStatesOf(folds)
  const states = folds.map(({ step, after }) => [step.folder, after] as const)
  layOut(folder, new Map([...states, ...wrongs.map(({ name, state }) => [name, state] as const)]))

  const everything = scope === 'everything'
  const [{ lights, wrongLights, uncovered, ran }, types, lint] = await Promise.all([
    light(folds, wrongs, folder, everything),
    everything ? checkTypes(folds, folder) : [],
    everything ? checkLint(folds, folder) : [],
  ])
  const lit = folds.map(({ step }, index) => ({ step, lights: lights[index] ?? dark }))
  const failures = failuresIn(lit)
  const standing = compareLast(course, folds)

  const problems = [
    ...damage,
    ...checkContracts(folds),
    ...checkOrder(folds),
    ...checkReach(folds),
    ...checkLights(lit),
    ...checkWrongGreens(course, wrongs, wrongLights),
    ...checkProse(folds, failures),
    ...checkCoverage(folds, uncovered),
    ...types,
    ...lint,
  ].toSorted((one, other) => (one.where < other.where ? -1 : one.where > other.where ? 1 : 0))

  const of = (phase: string) => folds.filter(({ step }) => step.phase === phase).length
  const tests = lit.at(-1)?.lights.files ?? new Map<string, FileLight>()
  const count = [...tests.values()].reduce((sum, one) => sum + (one.kind === 'ran' ? one.tests.length : 0), 0)
  const unproven = 'not looked at: coverage, types and lint (npm run step verify looks at all)'
  const blocks = folds.flatMap(({ step }) => blocksOf(step.lesson))
  const told = blocks.filter(({ mark }) => mark.kind === 'told').length
  const proven = [
    `${counted(folds.length, 'step')}, numbered without a gap, each with its contract, hints and lesson`,
    `${counted(of('red'), 'red')}: one new test each, failing as announced, and nothing else fails`,
    `${counted(of('green'), 'green')} and ${counted(of('refactor'), 'refactor')}: all tests pass, up to ${count} in ${tests.size} files`,
    `${counted(wrongs.length, 'wrong green')}: each is caught by the test of its red`,
    'a red touches only test/, a green and a refactor only src/, and each changes something there',
    everything ? 'every line, branch and function of every green and refactor is run by its tests' : unproven,
    ...(everything ? ['every green and refactor type-checks and is lint-clean'] : []),
    `${blocks.length - told} blocks of code and output in the lessons are what they say they are; ${told} are only told`,
    ...(everything && standing.compared ? ['the README and docs/ show what their commands print'] : []),
    standing.says,
    `${ran} test files were run`,
  ]
  // Who stands in the middle of the course sees other output than the documents show.
  const shown = everything && standing.compared ? staleDocs(course, { problems: [], proven }) : []
  return {
    failures,
    problems: [...problems, ...standing.problems, ...shown.flatMap(problemsOf)],
    proven,
  }
}

const counted = (count: number, thing: string) => `${count} ${thing}${count === 1 ? '' : 's'}`

/** What the reds said. The lesson of a green may show it as well: there it is what was the matter. */
function failuresIn(lit: readonly LitStep[]): Failures {
  const failures = new Map<number, Thrown>()
  let thrown: Thrown | null = null
  for (const { step, lights } of lit) {
    if (step.phase === 'red') thrown = thrownIn(lights, step)
    if (thrown) failures.set(step.number, thrown)
  }
  return failures
}

function thrownIn({ files }: Lights, { contract }: Step): Thrown | null {
  const file = files.get(`test/${contract.chapter}.test.ts`)
  if (file?.kind === 'amber') return file.thrown
  const test = file?.tests.find((one) => one.test === contract.fails?.test)
  return test?.kind === 'failed' ? test.thrown : null
}

const dark: Lights = { files: new Map(), strays: [], coverage: null }

interface Standing {
  readonly compared: boolean
  readonly says: string
  readonly problems: readonly Problem[]
}

function compareLast(course: Course, folds: readonly Fold[]): Standing {
  const position = course.steps.length > 0 ? readPosition(course) : null
  const last = course.steps.at(-1)
  if ((position?.kind === 'fresh' || position?.kind === 'at') && position.step === last) {
    return {
      compared: true,
      says: 'the last step is src/ and test/, byte for byte',
      problems: checkLastState(folds, readTree(course.root).files),
    }
  }
  return {
    compared: false,
    says: 'not compared: src/ and test/, since you do not stand at the last step',
    problems: [],
  }
}

interface Lit {
  /** In the order of the folds. */
  readonly lights: readonly Lights[]
  readonly wrongLights: Lights
  readonly uncovered: ReturnType<typeof uncoveredIn>
  /** How many test files had to be run. */
  readonly ran: number
}

/** Runs what has to be run of every state, in one go. */
async function light(
  folds: readonly Fold[],
  wrongs: readonly WrongState[],
  folder: string,
  covering: boolean,
): Promise<Lit> {
  const plans = planOf(folds)
  const files = plans.flatMap(({ runs }) => [...runs.values()].filter((run) => run !== null))
  const only = new Map(wrongs.map(({ name, testFile, test }) => [`${name}/${testFile}`, test]))
  const unique = [...new Set([...files, ...only.keys()])]
  const reds = folds.flatMap(({ step }) => (step.phase === 'red' ? [`${step.folder}/**`] : []))
  const uncounted = [...reds, ...wrongs.map(({ name }) => `${name}/**`)]
  const lights = await runTests({
    root: folder,
    files: unique,
    only,
    // Most of the time tests wait (for a socket, for a moment to pass), so there is room for more than one a core.
    threads: availableParallelism() * 2,
    setupFiles: [fileURLToPath(new URL('clean-slate.ts', import.meta.url))],
    ...(covering && { covering: { include: ['*/src/**/*.ts'], exclude: uncounted } }),
  })
  return {
    lights: plans.map(({ name, runs }) => ({
      files: new Map([...runs].map(([path, run]) => [path, lights.files.get(run) ?? missing])),
      strays: lights.strays.filter(({ file }) => file?.startsWith(`${name}/`)),
      coverage: null,
    })),
    wrongLights: lights,
    uncovered: lights.coverage === null ? new Map() : uncoveredIn(lights.coverage as CoverageMap, folder),
    ran: unique.length,
  }
}

const missing: FileLight = {
  kind: 'amber',
  thrown: { name: 'Error', message: 'it was not run', expected: null, received: null },
}

interface Plan {
  /** Name of the state's folder. */
  readonly name: string
  /** Test file of the state -> the file to run for it, from the proof's folder. */
  readonly runs: ReadonlyMap<string, string>
}

/**
 * A red has the `src/` of the state before it: what it did not change there has been run already. Greens and
 * refactors are run whole.
 */
function planOf(folds: readonly Fold[]): readonly Plan[] {
  let known = new Map<string, string>()
  return folds.map(({ step, after }) => {
    const common = served(after)
    const now = new Map<string, string>()
    const runs = new Map<string, string>()
    for (const path of testFilesOf(after)) {
      const key = createHash('sha256')
        .update(common)
        .update(path)
        .update(after.get(path) ?? '')
        .digest('hex')
      const run = (step.phase === 'red' ? known.get(key) : undefined) ?? `${step.folder}/${path}`
      now.set(key, run)
      runs.set(path, run)
    }
    known = now
    return { name: step.folder, runs }
  })
}

/** A fingerprint of everything that test files may load. */
function served(state: State): string {
  const hash = createHash('sha256')
  const tests = new Set(testFilesOf(state))
  for (const path of [...state.keys()].toSorted()) {
    if (!tests.has(path)) hash.update(`${path}\0`).update(state.get(path) ?? '')
  }
  return hash.digest('hex')
}
