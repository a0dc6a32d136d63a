import type { Course, Step } from '../course/read-course.ts'
import { withLock } from './lock.ts'
import { beginWalk, readPosition, type Position } from './position.ts'
import { besideTheCourses, type OwnTests } from './own-tests.ts'
import { rememberBefore, type Before } from './last-change.ts'
import { probablyAt } from './standing.ts'
import { isUnsaved, listSaves, saveFiles, type Save } from './saves.ts'
import { ownedPaths, sameBytes, joined, stateAt, type State } from '../course/state.ts'
import { readTree } from '../course/read-tree.ts'
import { changeTo, stage } from './apply-change.ts'

export interface Checkout {
  /** What was kept safe first; null when nothing of it was the learner's, or it was safe already. */
  readonly saved: Save | null
  /** How many files were written or deleted. */
  readonly changed: number
  /** Where a position that could not be read has been put, or null. */
  readonly setAside: string | null
  /** The course's test files in which the learner had written, and where their own tests are now. */
  readonly beside: ReadonlyMap<string, string>
  /** What `src/` and `test/` hold after it: another runner may have been there since. */
  readonly now: State
}

/**
 * Puts `target`, by default the course's own state of the step, into root `src/` and `test/` and sets the position to
 * the step. Whatever happens on the way, bytes that were typed are in `src/` and `test/` or in a save.
 *
 * @throws {Refusal} when it cannot be done, with `src/`, `test/` and the position as they were.
 */
export function checkOut(
  course: Course,
  step: Step,
  target: State = stateAt(course, step.number),
  own: OwnOnes = new Map(),
): Checkout {
  return withLock(course.root, () => change(course, step, () => target, own))
}

/** The learner's own tests in the course's files, see ownTestsIn: they are kept beside these. */
type OwnOnes = ReadonlyMap<string, OwnTests>

/**
 * Sets the position to a red and keeps the learner's own code: brings the tests of the step and leaves `src/` alone.
 *
 * @throws {Refusal} as checkOut does.
 */
export function bringTests(course: Course, step: Step, own: OwnOnes = new Map()): Checkout {
  const theirs = stateAt(course, step.number)
  return withLock(course.root, () => change(course, step, (mine) => joined(mine, theirs), own))
}

/**
 * Sets the position to a step and keeps all files: nothing is written but a save of it, which tells a later
 * refactor what it began with.
 *
 * @throws {Refusal} as checkOut does.
 */
export function keepAndArrive(course: Course, step: Step): Checkout {
  return withLock(course.root, () => {
    const { files } = readTree(course.root)
    const position = readPosition(course)
    const saved = isUnsaved(course.root, files, [stateAt(course, step.number)])
      ? saveFiles(course.root, files, step)
      : null
    const began = sameBytes(files, stateAt(course, step.number)) ? null : listSaves(course.root).at(-1)
    const walk = beginWalk(course, position, step, began?.folder)
    walk.arrive()
    return { saved, changed: 0, setAside: walk.setAside, beside: new Map(), now: files }
  })
}

/**
 * Takes a change back: what was there before it is there again, and what it had brought is not. What is there now is
 * saved first, as before every change.
 *
 * @throws {Refusal} as checkOut does.
 */
export function takeBack(course: Course, { step, files, added }: Before): Checkout {
  return withLock(course.root, () => change(course, step, () => files, new Map(), added))
}

/** @param added files that go although they are not the course's */
function change(
  course: Course,
  step: Step,
  targetOf: (mine: State) => State,
  own: OwnOnes,
  added: readonly string[] = [],
): Checkout {
  const { root } = course
  const position = readPosition(course)
  const current = readTree(root)
  // Written to since they were looked at, they are in the save alone.
  const kept = new Map([...own].filter(([path, { mine }]) => current.files.get(path)?.equals(mine)))
  const beside = besideTheCourses(kept, current.files)
  const more = [...beside].map(([path, place]) => [place, kept.get(path)?.kept ?? Buffer.of()] as const)
  const owned = new Set([...ownedPaths(course), ...added])
  const carried = changeTo(new Map([...targetOf(current.files), ...more]), current, owned)

  const from = fromWhere(course, position, current.files)
  const known = [from, position.kind === 'between' ? position.to : null].flatMap((one) =>
    one ? [stateAt(course, one.number)] : [],
  )
  const saved = isUnsaved(root, current.files, known) ? saveFiles(root, current.files, from) : null

  using staged = stage(root, carried, current)
  const walk = beginWalk(course, position, step)
  try {
    staged.carryOut()
  } catch (error) {
    walk.abandon()
    throw error
  }
  walk.arrive()
  rememberBefore(course, from, current.files, carried)
  return {
    saved,
    changed: carried.writes.size + carried.deletes.length,
    setAside: walk.setAside,
    beside,
    now: readTree(root).files,
  }
}

/** The step whose files these are, for the name of a save; null when that is not known. */
function fromWhere(course: Course, position: Position, files: State): Step | null {
  if (position.kind === 'between') return position.from
  return position.kind === 'unreadable' ? null : probablyAt(course, files)
}
