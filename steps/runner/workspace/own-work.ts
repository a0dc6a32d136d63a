import type { Course, Step } from '../course/read-course.ts'
import { ownedPaths, stateAt } from '../course/state.ts'
import { readTree } from '../course/read-tree.ts'
import { changeTo } from './apply-change.ts'

/**
 * The course's paths at which root `src/` and `test/` differ from the course's own step: what the learner has changed
 * there. Files of their own are not among them.
 */
export function ownWork(course: Course, step: Step): readonly string[] {
  const { writes, deletes } = changeTo(
    stateAt(course, step.number),
    readTree(course.root),
    ownedPaths(course),
  )
  return [...writes.keys(), ...deletes].toSorted()
}
