import { problemIn, type Problem } from '../../course/problem.ts'
import type { Step } from '../../course/read-course.ts'
import { announces, judge, textOf, type Verdict } from '../../test-runs/judge.ts'
import { ambersIn, redsIn, testsOf, type TestResults } from '../../test-runs/test-results.ts'
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
export function* checkTestResults({ tested }: Pick<Evidence, 'tested'>): Iterable<Problem> {
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
      yield problemIn(step, '', verdict.says, fixes[verdict.kind])
    }
    yield* checkNewTests(step, results, tested[index - 1]?.results ?? null, tested[index + 1] ?? null)
    said = new Set(failing)
  }
}

function* checkNewTests(
  step: Step,
  results: TestResults,
  before: TestResults | null,
  next: TestedStep | null,
): Iterable<Problem> {
  // A test file that cannot be imported yet shows its tests at the green after it.
  const announced = [...results.files].some(([file, result]) => announces(step, file, result))
  const here = !hasAmber(results) ? testsOf(results) : announced && next ? testsOf(next.results) : null
  if (!here || (before && hasAmber(before))) return
  const known = before ? testsOf(before) : []
  const gone = without(known, here)
  if (gone.length > 0) {
    const fix = 'a step keeps the tests that were there: what they ask for is still asked for'
    yield problemIn(step, '', `it takes away ${quoted(gone)}`, fix)
  }
  const added = without(here, known)
  const double = added.filter(({ test }) => here.filter((one) => one.test === test).length > 1)
  if (double.length > 0) {
    const what = `there is more than one test of the name ${quoted(double)}`
    yield problemIn(step, '', what, 'give each test a name of its own, whatever file it is in')
  }
  const eachItsOwn = 'a red and a green for each of them'
  if (step.phase === 'refactor' && added.length > 0) {
    yield problemIn(step, '', `a refactor adds no test, but this one adds ${quoted(added)}`, eachItsOwn)
  }
  if (step.phase !== 'red') return
  if (added.length !== 1) {
    const what = `a red adds exactly one test, but this one adds ${added.length === 0 ? 'none' : quoted(added)}`
    yield problemIn(step, '', what, added.length === 0 ? 'write the new test' : eachItsOwn)
  }
  const { fails } = step.contract
  if (
    fails &&
    added.length > 0 &&
    !added.some(({ file, test }) => file === fails.file && test === fails.test)
  ) {
    const what = `"fails: test" announces "${fails.test}" in ${fails.file}, but the new test is ${quoted(added)}`
    yield problemIn(step, 'step.yaml', what, 'announce the full name of the new test, and its file')
  }
}

const hasAmber = (results: TestResults) => ambersIn(results).length > 0

type Ran = ReturnType<typeof testsOf>

const quoted = (tests: Ran) => [...new Set(tests.map(({ test }) => `"${test}"`))].join(', ')

/** The first without the others, each of which takes only one of its kind away. */
function without(tests: Ran, others: Ran): Ran {
  const left = [...others]
  return tests.filter((test) => {
    const at = left.findIndex((one) => one.file === test.file && one.test === test.test)
    if (at >= 0) left.splice(at, 1)
    return at < 0
  })
}

const failuresOf = (results: TestResults): readonly string[] =>
  redsIn(results).map(({ file, test, thrown }) => `${file} ${test} ${thrown ? textOf(thrown) : 'skipped'}`)
