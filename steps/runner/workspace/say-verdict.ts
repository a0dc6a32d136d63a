import type { Course, Step } from '../course/read-course.ts'
import { acceptedTests } from './own-tests.ts'
import { judge } from '../test-runs/judge.ts'
import { runTests } from '../test-runs/run-tests.ts'
import type { State } from '../course/state.ts'
import { beside, lights, paint, say, type Light } from '../terminal/print.ts'

/**
 * Runs the test files of a state that stands in root `src/` and `test/`, and says how they measure up to the step.
 * Answers whether all was as it should be.
 */
export async function sayVerdict(course: Course, step: Step, state: State): Promise<boolean> {
  const files = [...state.keys()].filter((path) => /^test\/.*\.test\.ts$/.test(path))
  const verdict = judge(step, await runTests({ root: course.root, files }), acceptedTests(course, state))
  const asItShouldBe = verdict.kind === 'as it should be'
  const light: Light = asItShouldBe ? (step.phase === 'red' ? 'red' : 'green') : 'amber'
  say(...beside('Verdict', `${lights[light].shape} ${verdict.says}`, (line) => paint(light, line)))
  return asItShouldBe
}
