import type { Course, Step } from '../course/read-course.ts'
import { ownedPaths, stateAt, type State } from '../course/state.ts'

/** The course's files in `test/` that are not, byte for byte, those of the step. */
export function changedTests(course: Course, step: Step, mine: State): readonly string[] {
  const theirs = stateAt(course, step.number)
  const paths = new Set([...theirs.keys(), ...ownedPaths(course)].filter((path) => path.startsWith('test/')))
  return [...paths]
    .filter((path) => {
      const [one, other] = [theirs.get(path), mine.get(path)]
      return one === undefined || other === undefined ? one !== other : !one.equals(other)
    })
    .toSorted()
}
