import type { Course, Step } from './read-course.ts'
import type { State } from './state.ts'

/** A step together with what stood before it and what stands after it. */
export interface Fold {
  readonly step: Step
  readonly before: State
  readonly after: State
}

/** Every step of the course in order, with its states. */
export function foldsOf(course: Course): readonly Fold[] {
  let before: State = new Map()
  return course.steps.map((step) => {
    const after = new Map(before)
    for (const path of step.contract.removes) after.delete(path)
    for (const [path, bytes] of step.files) after.set(path, bytes)
    const fold = { step, before, after }
    before = after
    return fold
  })
}

/** The test files of a state; what else is in `test/` serves them. */
export const testFilesOf = (state: State): readonly string[] =>
  [...state.keys()].filter((path) => /^test\/.*\.test\.ts$/.test(path)).toSorted()
