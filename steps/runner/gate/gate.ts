import type { Problem } from '../course/problem.ts'
import type { Course, Step } from '../course/read-course.ts'
import { testFilesOf } from '../course/fold.ts'
import { judge, type Verdict } from '../test-runs/judge.ts'
import { runTests } from '../test-runs/run-tests.ts'
import { uncoveredIn, type CoverageMap } from '../test-runs/uncovered.ts'
import type { State } from '../course/state.ts'
import { finishAll } from '../system/finish-all.ts'
import { runTool } from '../system/run-tool.ts'
import { readTree } from '../course/read-tree.ts'
import { verify } from '../proof/prove.ts'

/** What stands at the gate. */
export interface Arrival {
  /** As it stands in `root`. */
  readonly course: Course
  readonly damage: readonly Problem[]
  /** The step at which whoever commits stands. */
  readonly step: Step
  /** Whether something under `steps/` changes, so that the whole course has to be proven. */
  readonly proof: boolean
  /** Where the states of the course are put to prove it. */
  readonly proofFolder: string
}

/** What one check of the gate found. */
export interface Finding {
  /** Such as "types". */
  readonly check: string
  /** What is wrong, in lines for people; empty when nothing is. */
  readonly wrong: readonly string[]
  /** What to do about it. */
  readonly mend: string
}

export interface Passage {
  /** Which rule applied, such as "step 6, red: exactly the announced failure". */
  readonly rule: string
  readonly findings: readonly Finding[]
}

/**
 * Whether what stands in the course's folder may be committed. At the last step, the maintainer's place, everything
 * has to hold; a learner at a red may commit exactly the failure it announces, and at a green or refactor what passes
 * and is covered.
 */
export async function gate(arrival: Arrival): Promise<Passage> {
  const { course, step } = arrival
  const { root } = course
  const files = readTree(root).files
  const place = `step ${step.number}, ${step.phase}`
  if (step.phase === 'red') {
    const verdict = judge(step, await runTests({ root, files: testFilesOf(files) }))
    const green = course.steps.find(({ number, phase }) => number > step.number && phase === 'green')
    // What answers a red is its green, whether or not the learner has already asked to stand there.
    if (verdict.kind === 'passes' && green) {
      return {
        rule: `${place}, and it is answered: all tests, all of src/ covered`,
        findings: await testedAndCovered(root, files, green),
      }
    }
    return { rule: `${place}: exactly the announced failure`, findings: [announced(verdict)] }
  }
  if (step !== course.steps.at(-1)) {
    return {
      rule: `${place}: all tests, all of src/ covered`,
      findings: await testedAndCovered(root, files, step),
    }
  }
  const checks = await finishAll([
    testedAndCovered(root, files, step),
    tool('types', 'typescript', [], root, 'npm run types'),
    tool('lint', 'oxlint', ['-c', 'configs/oxlint.json', '--deny-warnings'], root, 'npm run lint'),
    tool('format', 'oxfmt', ['-c', 'configs/oxfmt.json', '--check', '.', '!**/*.md'], root, 'npm run format'),
  ])
  // After them, not beside them: its tests look at time.
  const proof = arrival.proof ? [await proven(arrival)] : [theCourse(arrival.damage)]
  return {
    rule: `last step: tests, coverage, types, lint, format${arrival.proof ? ', the course proven' : ''}`,
    findings: [...checks.flat(), ...proof],
  }
}

function announced(verdict: Verdict): Finding {
  return {
    check: 'tests',
    wrong: verdict.kind === 'as it should be' ? [] : [verdict.says],
    mend: 'npm test shows it; npm run step shows what this step announces',
  }
}

async function testedAndCovered(root: string, files: State, step: Step): Promise<readonly Finding[]> {
  const lights = await runTests({
    root,
    files: testFilesOf(files),
    covering: { include: ['src/**/*.ts'], exclude: [] },
  })
  const verdict = judge(step, lights)
  const tests: Finding = {
    check: 'tests',
    wrong: verdict.kind === 'as it should be' ? [] : [verdict.says],
    mend: 'npm test',
  }
  // Tests that fail leave lines uncovered that are not the point.
  if (tests.wrong.length > 0 || lights.coverage === null) return [tests]
  const uncovered = [...uncoveredIn(lights.coverage as CoverageMap, root)]
  const coverage: Finding = {
    check: 'coverage',
    wrong: uncovered.flatMap(([path, places]) =>
      places.map(({ line, what }) => `${path}:${line}: no test runs this ${what}`),
    ),
    mend: 'delete the line, or write the test that asks for it (npm run coverage)',
  }
  return [tests, coverage]
}

async function tool(
  check: string,
  name: string,
  args: readonly string[],
  root: string,
  mend: string,
): Promise<Finding> {
  const { status, output } = await runTool(name, args, root)
  return { check, wrong: status === 0 ? [] : output.trim().split('\n'), mend }
}

async function proven({ course, damage, proofFolder }: Arrival): Promise<Finding> {
  return theCourse((await verify(course, damage, 'everything', { folder: proofFolder })).problems)
}

function theCourse(problems: readonly Problem[]): Finding {
  return {
    check: 'the course',
    wrong: problems.map(({ where, what }) => `${where}: ${what}`),
    mend: 'npm run step verify (it says how to mend each)',
  }
}
