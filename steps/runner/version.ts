import type { Course, Step } from './course.ts'
import { listSaves, readSave, stepOfSave, type Save } from './saves.ts'
import { sameBytes, type State } from './state.ts'

/** The latest version of a step that the learner has worked on, unless it is what stands there now; or null. */
export function earlierVersion(course: Course, step: Step, now: State): Save | null {
  const latest = listSaves(course.root).findLast((save) => stepOfSave(course, save) === step)
  return latest && !sameBytes(readSave(course.root, latest), now) ? latest : null
}
