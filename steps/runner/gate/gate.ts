import type { Problem } from '../course/problem.ts'
import type { Course, Step } from '../course/read-course.ts'
import { foldsOf, sameBytes, type State, stateAt, testFilesOf } from '../course/state.ts'
import { stepsThatFit, type Fit } from '../course/steps-that-fit.ts'
import type { TestResults } from '../test-runs/test-results.ts'
import { checkLastState } from '../proof/rules/last-state.ts'
import { judge, type IsOwn, type Verdict } from '../test-runs/judge.ts'
import type { ProofFolder } from '../test-runs/lay-out-states.ts'
import { runTests } from '../test-runs/run-tests.ts'
import { covering, gapsIn } from '../test-runs/judge-coverage.ts'
import { finishAll } from '../system/finish-all.ts'
import { runTool } from '../system/run-tool.ts'
import { readTree } from '../course/read-tree.ts'
import { verify } from '../proof/prove.ts'

/** A commit candidate. */
export interface Arrival {
  /** The course in the commit candidate. */
  readonly course: Course
  readonly damage: readonly Problem[]
  /** What the commit changes, from the root, with forward slashes. */
  readonly changed: readonly string[]
  /** Whether it may be a change of the course. It is one for sure when it changes something in `steps/`. */
  readonly mayBeCourses: boolean
  /** Where the proof puts what it makes. */
  readonly proofFolder: ProofFolder
  /** The learner's own tests that belong to what is announced. */
  readonly isOwn: IsOwn
}

/** What one check of the gate found. */
export interface CheckResult {
  /** Such as "types". */
  readonly check: string
  /** What is wrong, in lines for people; empty when nothing is. */
  readonly wrong: readonly string[]
  /** What to do about it. */
  readonly fix: string
}

export interface Passage {
  /** Which rule applied, such as "step 6, red: exactly the announced failure". */
  readonly rule: string
  readonly results: readonly CheckResult[]
}

/**
 * Whether what stands in the course's folder may be committed. Its `test/` decides which rule applies, and nothing that is
 * remembered: a learner may commit exactly the failure that a red announces, or what passes and is covered. What may be
 * a change of the course has to be the last step, byte for byte, and everything has to hold.
 */
export async function gate(arrival: Arrival): Promise<Passage> {
  const { course, changed, mayBeCourses, isOwn } = arrival
  const { root } = course
  const { files } = readTree(root)
  const fit = stepsThatFit(course, files)
  const last = course.steps.at(-1)
  const couldBeLast = last !== undefined && [...fit.steps, ...fit.orSteps].includes(last)
  const changesSteps = changed.some((path) => path.startsWith('steps/'))
  if (!last || changesSteps || (couldBeLast && mayBeCourses && !isAnEarlier(course, fit, files))) {
    return await theCourses(arrival, files, last ?? null)
  }

  const results = await runTests({ root, files: testFilesOf(files), covering })
  const red = fit.steps.find(({ phase }) => phase === 'red')
  const verdict = red && judge(red, results, isOwn)
  if (red && verdict?.kind === 'as it should be') {
    const rule = `step ${red.number}, red: exactly the announced failure`
    return { rule, results: [testsFor(verdict, asAnnounced)] }
  }
  const answer = fit.steps.find(({ phase }) => phase !== 'red') ?? last
  if (!red || verdict?.kind === 'passes') {
    const rule = `step ${answer.number}, ${answer.phase}: all tests, all of src/ covered`
    return { rule, results: testedAndCovered(root, files, answer, results, isOwn) }
  }
  return {
    rule: `step ${red.number} to ${answer.number}: exactly the announced failure, or all tests and all of src/ covered`,
    results: [testsFor(verdict ?? judge(red, results, isOwn), asAnnounced)],
  }
}

/** Files by which a commit changes what the proof looks at. */
const proves =
  /^(?:steps|src|test|configs)\/|^package(?:-lock)?\.json$|^(?:tsconfig\.json|vitest\.config\.ts)$/

/** Everything has to hold. Without a step there is nothing to compare. */
async function theCourses(arrival: Arrival, files: State, last: Step | null): Promise<Passage> {
  const { course, damage, changed } = arrival
  const { root } = course
  const checks = await finishAll([
    last
      ? runTests({ root, files: testFilesOf(files), covering }).then((results) =>
          testedAndCovered(root, files, last, results),
        )
      : [],
    tool('types', 'typescript', [], root, 'npm run types'),
    tool('lint', 'oxlint', ['-c', 'configs/oxlint.json', '--deny-warnings'], root, 'npm run lint'),
    tool('format', 'oxfmt', ['-c', 'configs/oxfmt.json', '--check', '.', '!**/*.md'], root, 'npm run format'),
  ])
  // After them, not beside them: its tests look at time.
  const proof = changed.some((path) => proves.test(path))
  const problems = proof
    ? (await verify(course, damage, 'everything', { folder: arrival.proofFolder })).problems
    : [...damage, ...checkLastState({ folds: foldsOf(course), root: files })]
  return {
    rule: `last step: tests, coverage, types, lint, format, ${proof ? 'the course proven' : 'as in steps/'}`,
    results: [...checks.flat(), theCourse(problems)],
  }
}

/** Whether this is, byte for byte, a step with the tests of the last one: walked to, or solved. */
const isAnEarlier = (course: Course, { steps }: Fit, files: State): boolean =>
  steps.some((step) => step !== course.steps.at(-1) && sameBytes(stateAt(course, step.number), files))

const asAnnounced = 'npm test shows it; npm run step shows what this step announces'

const testsFor = ({ kind, says }: Verdict, fix: string): CheckResult => ({
  check: 'tests',
  wrong: kind === 'as it should be' ? [] : [says],
  fix,
})

function testedAndCovered(
  root: string,
  files: State,
  step: Step,
  results: TestResults,
  isOwn?: IsOwn,
): readonly CheckResult[] {
  const tests = testsFor(judge(step, results, isOwn), 'npm test')
  // Tests that fail leave lines uncovered that are not the point.
  const gaps = tests.wrong.length > 0 ? null : gapsIn(results, root, files)
  if (gaps === null) return [tests]
  const coverage: CheckResult = {
    check: 'coverage',
    wrong: gaps.map(({ path, line, what }) => `${path}:${line}: ${what}`),
    fix: 'delete the line, or write the test that asks for it (npm run coverage)',
  }
  return [tests, coverage]
}

async function tool(
  check: string,
  name: string,
  args: readonly string[],
  root: string,
  fix: string,
): Promise<CheckResult> {
  const { status, output } = await runTool(name, args, root)
  return { check, wrong: status === 0 ? [] : output.trim().split('\n'), fix }
}

function theCourse(problems: readonly Problem[]): CheckResult {
  return {
    check: 'the course',
    wrong: problems.map(({ where, what }) => `${where}: ${what}`),
    fix: 'npm run step verify (it says how to fix each)',
  }
}
