import type { Course, Step } from '../course/read-course.ts'
import { acceptedTests } from './own-tests.ts'
import { judge } from '../test-runs/judge.ts'
import { runTests } from '../test-runs/run-tests.ts'
import { sameBytes, type State, testFilesOf } from '../course/state.ts'
import { readTree } from '../course/read-tree.ts'
import type { TestResults } from '../test-runs/test-results.ts'
import { beside, lights, paint, say, type Light } from '../terminal/print.ts'

/** The tests of just this state, when another runner has written another one meanwhile, too. */
async function resultsOf(root: string, state: State): Promise<TestResults> {
  const ran = await runTests({ root, files: testFilesOf(state) })
  if (sameBytes(readTree(root).files, state)) return ran
  const { tryOut } = await import('../test-runs/run-states.ts')
  return (await tryOut(root, new Map([['written', state]]))).get('written') ?? ran
}

/**
 * Runs the test files of a state that stands in root `src/` and `test/`, and says how they measure up to the step.
 * Answers whether all was as it should be.
 */
export async function sayVerdict(course: Course, step: Step, state: State): Promise<boolean> {
  const verdict = judge(step, await resultsOf(course.root, state), acceptedTests(course, state))
  const asItShouldBe = verdict.kind === 'as it should be'
  const light: Light = asItShouldBe ? (step.phase === 'red' ? 'red' : 'green') : 'amber'
  say(...beside('Verdict', `${lights[light].shape} ${verdict.says}`, (line) => paint(light, line)))
  return asItShouldBe
}
