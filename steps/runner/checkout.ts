import type { Course, Step } from './course.ts'
import { beginWalk, readPosition, stepOf } from './position.ts'
import { isUnsaved, saveFiles, type Save } from './saves.ts'
import { ownedPaths, stateAt, type State } from './state.ts'
import { readTree } from './tree.ts'
import { carryOut, changeTo } from './workplace.ts'

export interface Checkout {
  /** What was kept safe first; null when nothing of it was the learner's, or it was safe already. */
  readonly saved: Save | null
  /** How many files were written or deleted. */
  readonly changed: number
  /** Where a position that could not be read has been put, or null. */
  readonly setAside: string | null
}

/**
 * Puts `target`, by default the course's own state of the step, into root `src/` and `test/` and stands the learner at
 * the step. Whatever happens on the way, bytes that were typed are in `src/` and `test/` or in a save.
 *
 * @throws {Refusal} when it cannot be done, with `src/`, `test/` and the position as they were.
 */
export function checkOut(course: Course, step: Step, target: State = stateAt(course, step.number)): Checkout {
  const { root } = course
  const position = readPosition(course)
  const current = readTree(root)
  const change = changeTo(target, current, ownedPaths(course))

  const from = stepOf(position)
  const known = [from, position.kind === 'between' ? position.to : null].flatMap((one) =>
    one ? [stateAt(course, one.number)] : [],
  )
  const saved = isUnsaved(root, current.files, known)
    ? saveFiles(root, current.files, from?.number ?? null)
    : null

  const walk = beginWalk(course, position, step)
  try {
    carryOut(root, change, current)
  } catch (error) {
    walk.abandon()
    throw error
  }
  walk.arrive()
  return { saved, changed: change.writes.size + change.deletes.length, setAside: walk.setAside }
}
