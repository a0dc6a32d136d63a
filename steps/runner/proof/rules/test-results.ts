import type { Problem } from '../../course/problem.ts'
import type { Step } from '../../course/read-course.ts'
import { announces, judge, textOf, type Verdict } from '../../test-runs/judge.ts'
import type { TestResults } from '../../test-runs/test-results.ts'
import type { Evidence, TestedStep } from '../evidence.ts'

const fixes: Readonly<Record<Exclude<Verdict['kind'], 'as it should be'>, string>> = {
  amber:
    'make the file run; if the missing module is what this red asks for, announce exactly that in "fails:"',
  stray: 'await what the test starts, and let it catch what it expects',
  skipped: 'let the test run, or delete it',
  passes:
    'a test that never failed proves nothing: make it ask for what is not there yet, or take the cycle out',
  missing: 'make "fails: test" the full name of the new test, or write that test',
  'another reason':
    'fix the test so that it fails for the reason you mean, or announce the reason that is true',
  fails: 'a red adds one failing test and breaks none; a green or refactor breaks none',
}

/** Every red is red for the reason it states, with one new test; every green and refactor is green. */
export function checkTestResults({ tested }: Pick<Evidence, 'tested'>): readonly Problem[] {
  const problems: Problem[] = []
  let said = new Set<string>()
  for (const [index, { step, results }] of tested.entries()) {
    const verdict = judge(step, results)
    const failing = failuresOf(results)
    // What failed at the step before and fails here in the same way is one problem, and said there.
    const fresh = failing.some((failure) => !said.has(failure))
    if (
      verdict.kind !== 'as it should be' &&
      (fresh || !['fails', 'amber', 'skipped'].includes(verdict.kind))
    ) {
      problems.push({ where: `steps/${step.folder}`, what: verdict.says, fix: fixes[verdict.kind] })
    }
    problems.push(
      ...checkNewTests(step, results, tested[index - 1]?.results ?? null, tested[index + 1] ?? null),
    )
    said = new Set(failing)
  }
  return problems
}

function checkNewTests(
  step: Step,
  results: TestResults,
  before: TestResults | null,
  next: TestedStep | null,
): readonly Problem[] {
  const where = `steps/${step.folder}`
  const imported = [...results.files].every(([, result]) => result.kind === 'ran')
  // A test file that cannot be imported yet shows its tests at the green after it.
  const announced = [...results.files].some(([file, result]) => announces(step, file, result))
  const here = imported ? testsIn(results) : announced && next ? testsIn(next.results) : null
  if (!here || (before && [...before.files.values()].some(({ kind }) => kind === 'amber'))) return []
  const known = before ? testsIn(before) : []
  const problems: Problem[] = []
  const gone = without(known, here)
  if (gone.length > 0) {
    problems.push({
      where,
      what: `it takes away ${quoted(gone)}`,
      fix: 'a step keeps the tests that were there: what they ask for is still asked for',
    })
  }
  const added = without(here, known)
  const double = added.filter(({ name }) => here.filter((one) => one.name === name).length > 1)
  if (double.length > 0) {
    problems.push({
      where,
      what: `there is more than one test of the name ${quoted(double)}`,
      fix: 'give each test a name of its own, whatever file it is in',
    })
  }
  if (step.phase === 'refactor' && added.length > 0) {
    problems.push({
      where,
      what: `a refactor adds no test, but this one adds ${quoted(added)}`,
      fix: 'a red and a green for each of them',
    })
  }
  if (step.phase !== 'red') return problems
  const { fails } = step.contract
  if (added.length !== 1) {
    problems.push({
      where,
      what: `a red adds exactly one test, but this one adds ${added.length === 0 ? 'none' : quoted(added)}`,
      fix: added.length === 0 ? 'write the new test' : 'a red and a green for each of them',
    })
  }
  if (
    fails &&
    added.length > 0 &&
    !added.some(({ file, name }) => file === fails.file && name === fails.test)
  ) {
    problems.push({
      where: `${where}/step.yaml`,
      what: `"fails: test" announces "${fails.test}" in ${fails.file}, but the new test is ${quoted(added)}`,
      fix: 'announce the full name of the new test, and its file',
    })
  }
  return problems
}

/** A test that ran. */
interface Ran {
  readonly file: string
  /** Its full name. */
  readonly name: string
}

const quoted = (tests: readonly Ran[]) => [...new Set(tests.map(({ name }) => `"${name}"`))].join(', ')

const testsIn = ({ files }: TestResults): readonly Ran[] =>
  [...files].flatMap(([file, result]) =>
    result.kind === 'ran' ? result.tests.map(({ test }) => ({ file, name: test })) : [],
  )

/** The first without the others, each of which takes only one of its kind away. */
function without(tests: readonly Ran[], others: readonly Ran[]): readonly Ran[] {
  const left = [...others]
  return tests.filter((test) => {
    const at = left.findIndex(({ file, name }) => file === test.file && name === test.name)
    if (at >= 0) left.splice(at, 1)
    return at < 0
  })
}

function failuresOf({ files }: TestResults): readonly string[] {
  return [...files].flatMap(([file, result]) =>
    result.kind === 'amber'
      ? [`${file} ${textOf(result.thrown)}`]
      : result.tests.flatMap((test) =>
          test.kind === 'passed'
            ? []
            : [`${file} ${test.test} ${test.kind === 'failed' ? textOf(test.thrown) : test.kind}`],
        ),
  )
}
