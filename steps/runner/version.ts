import type { Step } from './course.ts'
import { listSaves, readSave, type Save } from './saves.ts'
import { sameBytes, type State } from './state.ts'

/** The latest version of a step that the learner has worked on, unless it is what stands there now; or null. */
export function earlierVersion(root: string, step: Step, now: State): Save | null {
  const latest = listSaves(root).findLast((save) => save.step === step.number)
  return latest && !sameBytes(readSave(root, latest), now) ? latest : null
}
