import type { Proof, Scope } from './proof.ts'
import type { Evidence, Failures, TestedStep } from './evidence.ts'
import type { Problem } from '../course/problem.ts'
import type { Course, Step } from '../course/read-course.ts'
import { foldsOf } from '../course/fold.ts'
import type { FileResult, TestResults, Thrown } from '../test-runs/test-results.ts'
import { blocksOf } from '../course/marked-blocks.ts'
import { layOut, proofFolder, type ProofFolder } from '../test-runs/lay-out-states.ts'
import { forget, recall, remember } from './cache.ts'
import { testStates, plansOf, workFor } from './run-proof.ts'
import { underCi } from '../system/under-ci.ts'
import { inTurn } from '../workspace/lock.ts'
import { hasToBeLast } from '../workspace/standing.ts'
import { outputsOf, problemsOf, staleDocs, type Outputs } from './documents.ts'
import { lintStates } from './lint-states.ts'
import { rules } from './rules.ts'
import { retoldIn, trialsOf } from './retold-states.ts'
import { wrongStatesOf } from './wrong-states.ts'
import { readTree } from '../course/read-tree.ts'
import { counted } from '../system/counted.ts'
import { finishAll } from '../system/finish-all.ts'
import { reasonOf } from '../system/refusal.ts'
import { countingLine } from '../terminal/counting-line.ts'
import { complain, dim } from '../terminal/print.ts'
import { typeErrors, type TypeCheckError } from '../test-runs/type-errors.ts'

/**
 * Proves the course: every state of it is put side by side with the others and tested, all in one run.
 *
 * @param damage what was found wrong while reading the course
 */
export function verify(
  course: Course,
  damage: readonly Problem[],
  scope: Scope,
  { folder = proofFolder(course), fresh = underCi() }: How = {},
): Promise<Proof> {
  return inTurn(folder.lock, sayWaiting, () => {
    if (fresh) forget(folder.found)
    return prove(course, damage, scope, folder)
  })
}

interface How {
  /** Where to put what it makes. */
  readonly folder?: ProofFolder
  /** Whether to forget what earlier proofs found. By default under CI, where nothing is left to luck. */
  readonly fresh?: boolean
}

const sayWaiting = (holder: number) =>
  complain(dim(`Another proof is at work here (process ${holder}): this one begins when that has ended.`))

async function prove(
  course: Course,
  damage: readonly Problem[],
  scope: Scope,
  { states: folder, found: memoryFile }: ProofFolder,
): Promise<Proof> {
  const folds = foldsOf(course)
  const wrongs = wrongStatesOf(folds)
  const retold = retoldIn(folds, wrongs)
  const trials = [...wrongs, ...trialsOf(retold)]
  const states = new Map([
    ...folds.map(({ step, after }) => [step.folder, after] as const),
    ...trials.map(({ name, state }) => [name, state] as const),
  ])
  const covering = scope === 'everything'
  const memory = recall(memoryFile)
  const plans = plansOf(folds, trials)
  const work = workFor(plans, { covering, memory })
  const checked = plans.filter(({ covers }) => covers)
  const unchecked = (covering ? checked : [])
    .filter(({ key }) => !memory.clean.has(key))
    .map(({ name }) => name)
  layOut(folder, states, new Set([...work.states, ...unchecked]))

  const here = readTree(course.root).files
  const isLast = hasToBeLast(course, here)
  // Documents are compared only at the last step: elsewhere commands print something else.
  const showing = covering && isLast
  using line = countingLine(work.states.size, 'states')
  const [{ results, wrongResults, strays, leftovers, uncovered, ran, reused, found }, types, lint, outputs] =
    await finishAll([
      testStates(folds, trials, plans, { folder, states, covering, memory, work, stateEnded: line.next }),
      typeErrors(folder, unchecked).catch(failed),
      lintStates(folds, unchecked, folder),
      showing ? outputsOf(course) : noOutputs,
    ])
  const tested = folds.map(({ step }, index) => ({ step, results: results[index] ?? noResults }))
  const failures = failuresIn(tested)
  const root = isLast ? here : null
  const evidence: Evidence = {
    course,
    folds,
    tested,
    failures,
    strays,
    leftovers,
    wrongs,
    retold,
    wrongResults,
    uncovered,
    types,
    lint,
    root,
  }
  const problems = [...damage, ...rules.flatMap((rule) => rule(evidence))].toSorted((one, other) =>
    one.where < other.where ? -1 : one.where > other.where ? 1 : 0,
  )

  // What was wrong is looked at again the next time, whatever it was.
  remember(memoryFile, found, {
    isSound: (state) => !problems.some(({ where }) => where.split('/')[1] === state.split('.')[0]),
    // What several states have is said of the first only: so all of them are looked at again.
    clean:
      covering && types.length + lint.length === 0 ? new Set(checked.map(({ key }) => key)) : memory.clean,
  })

  const of = (phase: string) => folds.filter(({ step }) => step.phase === phase).length
  const tests = tested.at(-1)?.results.files ?? new Map<string, FileResult>()
  const count = [...tests.values()].reduce((sum, one) => sum + (one.kind === 'ran' ? one.tests.length : 0), 0)
  const unproven = 'not looked at: coverage, types and lint (npm run step verify looks at all)'
  const blocks = folds.flatMap(({ step }) => blocksOf(step.lesson))
  const told = blocks.filter(({ mark }) => mark.kind === 'told').length
  const proven = [
    `${counted(folds.length, 'step')}, numbered without a gap, each with its contract, hints and lesson`,
    `${counted(of('red'), 'red')}: one new test each, failing as announced, and nothing else fails`,
    `${counted(of('green'), 'green')} and ${counted(of('refactor'), 'refactor')}: all tests pass, up to ${count} in ${tests.size} files`,
    `${counted(wrongs.length, 'wrong green')}: each is caught by the test of its red`,
    `${counted(retold.length, 'test')} told anew: ${retold.length === 1 ? 'it catches' : 'each catches'} what it caught`,
    'a red touches only test/, a green only src/, a refactor one of the two, and each changes something there',
    covering ? 'every line, branch and function of every green and refactor is run by its tests' : unproven,
    ...(covering ? ['every green and refactor type-checks and is lint-clean'] : []),
    `${blocks.length - told} blocks of code and output in the lessons are what they say they are; ${told} are only told`,
    ...(showing ? ['the README and docs/ show what their commands print'] : []),
    isLast
      ? 'the last step is src/ and test/, byte for byte'
      : 'not compared: src/ and test/, which stand at an earlier step',
    `${ran} test files were run`,
  ]
  const shown = showing ? staleDocs(course, { problems: [], proven }, outputs) : []
  return {
    failures,
    reused,
    problems: [...problems, ...shown.flatMap(problemsOf)],
    proven,
  }
}

const noOutputs: Outputs = new Map()

/** What the reds said. The lesson of a green may show it as well: there it is what was the matter. */
function failuresIn(tested: readonly TestedStep[]): Failures {
  const failures = new Map<number, Thrown>()
  let thrown: Thrown | null = null
  for (const { step, results } of tested) {
    if (step.phase === 'red') thrown = thrownIn(results, step)
    if (thrown) failures.set(step.number, thrown)
  }
  return failures
}

function thrownIn({ files }: TestResults, { contract }: Step): Thrown | null {
  const file = files.get(contract.fails?.file ?? '')
  if (file?.kind === 'amber') return file.thrown
  const test = file?.tests.find((one) => one.test === contract.fails?.test)
  return test?.kind === 'failed' ? test.thrown : null
}

const noResults: TestResults = { files: new Map(), strays: [], coverage: null }

/** The whole type checker failed, and says why. */
const failed = (error: unknown): readonly TypeCheckError[] => [
  { state: '', path: '', line: '', what: reasonOf(error) },
]
