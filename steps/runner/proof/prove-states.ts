import type { Proof, Scope } from './proof.ts'
import type { Evidence, Failures, TestedStep } from './evidence.ts'
import type { Problem } from '../course/problem.ts'
import type { Course, Step } from '../course/read-course.ts'
import { foldsOf, type State } from '../course/state.ts'
import { judge, textOf } from '../test-runs/judge.ts'
import { endOf, noResults, type TestResults, type Thrown } from '../test-runs/test-results.ts'
import { layOut, type ProofFolder } from '../test-runs/lay-out-states.ts'
import { lintStates } from '../test-runs/lint-states.ts'
import { typeErrors, type TypeCheckError } from '../test-runs/type-errors.ts'
import { recall, remember } from './cache.ts'
import { Fingerprints } from './fingerprints.ts'
import { provenOf } from './proof-text.ts'
import { testStates, plansOf, workFor } from './run-proof.ts'
import { rules } from './rules.ts'
import { retoldIn, trialsOf } from './retold-states.ts'
import { wrongStatesOf } from './wrong-states.ts'
import { finishAll } from '../system/finish-all.ts'
import { reasonOf } from '../system/refusal.ts'

interface What {
  readonly scope: Scope
  /** Where to put what it makes. */
  readonly folder: ProofFolder
  /** What is in root `src/` and `test/`; null where that is not to be the last step. */
  readonly root: State | null
}

/**
 * Proves every state of the course: all of them side by side, tested in one run.
 *
 * @param damage what was found wrong while reading the course
 */
export async function proveStates(
  course: Course,
  damage: readonly Problem[],
  { scope, folder: { states: folder, found: memoryFile }, root }: What,
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
  const prints = new Fingerprints(memory.codes)
  const plans = plansOf(folds, trials, covering, prints)
  const work = workFor(plans, { covering, memory })
  const checked = plans.filter(({ covers }) => covers)
  const unchecked = (covering ? checked : [])
    .filter(({ text }) => !memory.clean.has(text))
    .map(({ name }) => name)
  layOut(folder, states, new Set([...work.states, ...unchecked]))

  const running = [
    testStates(folds, trials, plans, { folder, states, covering, memory, work }),
    typeErrors(folder, unchecked).catch(failed),
    lintStates(folds, unchecked, folder),
  ] as const
  const [{ results, ran, reused, found, ...seen }, types, lint] = await finishAll(running)
  const tested = folds.map(({ step }, index) => ({ step, results: results[index] ?? noResults }))
  const failures = failuresIn(tested)
  const evidence = { course, folds, tested, failures, wrongs, retold, types, lint, root, ...seen }
  const problems = [...damage, ...rules.flatMap((rule) => Array.from(rule(evidence)))].toSorted(
    (one, other) => (one.where < other.where ? -1 : one.where > other.where ? 1 : 0),
  )

  // What was wrong is looked at again the next time, whatever it was.
  const wrongIn = new Set(problems.map(({ step }) => step))
  remember(memoryFile, found, {
    isSound: ({ step }) => !wrongIn.has(step),
    // What several states have is said of the first only: so all of them are looked at again.
    clean:
      covering && types.length + lint.length === 0 ? new Set(checked.map(({ text }) => text)) : memory.clean,
    codes: prints.codes,
  })
  return {
    problems,
    proven: provenOf(evidence, covering, ran),
    failures,
    verdicts: new Map(tested.map(({ step, results: its }) => [step.number, judge(step, its)])),
    caught: caughtAmong(evidence),
    reused,
  }
}

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

function thrownIn(results: TestResults, { contract: { fails } }: Step): Thrown | null {
  const end = fails ? endOf(results, fails.file, fails.test) : null
  return end && 'thrown' in end ? end.thrown : null
}

/** A test that could not run, or passes, has caught nothing: a rule names it. */
function caughtAmong({ wrongs, wrongResults }: Pick<Evidence, 'wrongs' | 'wrongResults'>): Proof['caught'] {
  return new Map(
    wrongs.flatMap(({ name, wrong, testFile, test }) => {
      const end = endOf(wrongResults, `${name}/${testFile}`, test)
      return end?.kind === 'failed' ? [[wrong, textOf(end.thrown)] as const] : []
    }),
  )
}

/** The whole type checker failed, and says why. */
const failed = (error: unknown): readonly TypeCheckError[] => [
  { state: '', path: '', line: '', what: reasonOf(error) },
]
