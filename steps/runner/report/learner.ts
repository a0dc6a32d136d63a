import type { Course, Step } from '../course/read-course.ts'
import { sameBytes, stateAt, type State } from '../course/state.ts'
import { stepsThatFit } from '../course/steps-that-fit.ts'

/**
 * The step of the course that these changes seem to have reached: a learner's solution, sent by mistake.
 * Null for what may be meant as a change of the project.
 *
 * @param tree what stands in `src/` and `test/`
 * @param changed every file that differs from the base
 */
export function learnersStep(course: Course, tree: State, changed: readonly string[]): Step | null {
  if (changed.length === 0 || !changed.every((path) => /^(?:src|test|\.course)\//.test(path))) return null
  const last = course.steps.at(-1)
  const isThere = ({ number }: Step) => sameBytes(tree, stateAt(course, number))
  if (!last || isThere(last)) return null
  // Their `src/` is their own; the tests the course brought them. Of two steps alike, the later one.
  const { steps, orSteps } = stepsThatFit(course, tree)
  const couldBeLast = [...steps, ...orSteps].includes(last)
  const step = steps.find(isThere) ?? (couldBeLast ? last : steps.at(-1))
  if (step && step !== last) return step
  return changed.some((path) => path.startsWith('.course/')) ? last : null
}
