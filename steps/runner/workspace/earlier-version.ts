import type { Course, Step } from '../course/read-course.ts'
import { listSaves, readSave, stepOfSave, type Save } from './saves.ts'
import type { State } from '../course/state.ts'

/** The latest version of a step that the learner has worked on, unless it is what stands there now; or null. */
export function earlierVersion(course: Course, step: Step, now: State): Save | null {
  const latest = listSaves(course.root).findLast((save) => stepOfSave(course, save) === step)
  if (!latest) return null
  // Files of their own that came later stay, and do not make it another version.
  const isThere = [...readSave(course.root, latest)].every(([path, bytes]) => now.get(path)?.equals(bytes))
  return isThere ? null : latest
}
