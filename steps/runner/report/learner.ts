import type { Course, Step } from '../course/read-course.ts'
import { foldsOf, sameBytes, type State, testsThatDiffer } from '../course/state.ts'

/**
 * The step of the course that these changes seem to have reached: a learner's solution, sent by mistake.
 * Null for what may be meant as a change of the project.
 *
 * @param tree what stands in `src/` and `test/`
 * @param changed every file that differs from the base
 */
export function learnersStep(course: Course, tree: State, changed: readonly string[]): Step | null {
  if (changed.length === 0 || !changed.every((path) => /^(?:src|test|\.course)\//.test(path))) return null
  const folds = foldsOf(course).toReversed()
  const [last] = folds
  if (!last || sameBytes(tree, last.after)) return null
  const exactly = folds.find(({ after }) => sameBytes(tree, after))
  if (exactly) return exactly.step
  // Their `src/` is their own; the tests the course brought them. Of two steps alike, the later one.
  const near = folds.map(({ step, after }) => ({ step, distance: testsThatDiffer(tree, after) }))
  const nearest = near.reduce((best, one) => (one.distance < best.distance ? one : best))
  if (nearest.step !== last.step) return nearest.step
  return changed.some((path) => path.startsWith('.course/')) ? last.step : null
}
