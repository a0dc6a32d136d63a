import { readFileSync } from 'node:fs'
import { foldsOf, stateAt } from '../course/state.ts'
import { loadCourse, type Course, type Step } from '../course/read-course.ts'
import { touchedBy } from '../course/steps.ts'
import { Refusal } from '../system/refusal.ts'
import { below, diskOf, isThere, locationsOf, nameOf, type Location } from '../system/locations.ts'
import {
  deleteFile,
  deleteFolder,
  filesBelow,
  makeFolder,
  moveFile,
  replaceFile,
  writeFile,
} from '../system/write-file.ts'
import { folderOf } from './renumber.ts'
import { conflictIn, merge } from './three-way-merge.ts'

/** A run of cycles, by the numbers of its first and last step, and of the step after which it is to come; 0: before all. */
export interface Move {
  readonly first: number
  readonly last: number
  readonly after: number
}

/** A step with another number: where it is now, and the number that it had. */
export interface Renumbered {
  readonly folder: string
  readonly was: number
}

/** What a person has to decide before a move goes on. */
export interface Undecided {
  /** From the root, with forward slashes. */
  readonly path: string
  readonly what: string
  /** Both sides between marks; empty when there are none. */
  readonly sides: string
}

/** How far a move is. */
export interface Moved {
  readonly renumbered: readonly Renumbered[]
  /** Empty when the move is done. */
  readonly undecided: readonly Undecided[]
}

/** What is remembered of a move until the next one. */
interface Memory extends Move {
  /** How many steps of the new order are written. */
  readonly written: number
  readonly done: boolean
}

/**
 * Moves cycles to another place of the course. Each step between the two places is made again upon what is there before
 * it now: what it changed, by a three-way merge. The last step that touches a file gets it as it was in the end, so what
 * comes after the two places stays as it is, `src/` and `test/` included.
 */
export function moveCycles({ root, steps }: Course, asked: Move): Moved {
  deleteFolder(beforeIn(root))
  for (const { folder } of steps) copyFolder(at(root, folder), below(beforeIn(root), `steps/${folder}`))
  remember(root, { ...asked, written: 0, done: false })
  return goOn(root)
}

/**
 * Goes on where a move stopped, from what is in the steps by now.
 *
 * @throws {Refusal} when no move has stopped, or both sides are still in a file
 */
export function goOn(root: string): Moved {
  const memory = recall(root)
  if (!memory || memory.done) {
    throw new Refusal('No move has stopped here.', 'Type, for example: npm run step move 37 38 after 100')
  }
  const old = loadCourse(diskOf(beforeIn(root))).course
  const places = placesOf(old, memory)
  for (const { step, folder } of places) {
    // After a crash some have gone already.
    if (!isThere(at(root, folder))) moveFile(at(root, step.folder), at(root, folder))
  }
  const now = loadCourse(root).course
  const begin = Math.min(memory.first, memory.after + 1)
  const left = conflictsIn(places[memory.written - 1]?.folder, now)
  if (left.length > 0) {
    throw new Refusal(
      `There are still both sides in ${left.join(', ')}.`,
      'Make it right, delete the lines with the marks, and type again: npm run step move on',
    )
  }
  const folds = new Map(foldsOf(old).map((fold) => [fold.step, fold]))
  const end = stateAt(old, begin - 1 + places.length)
  const state = new Map(stateAt(now, begin - 1 + memory.written))
  const renumbered = places.flatMap(({ step, folder }) =>
    step.folder === folder ? [] : [{ folder, was: step.number }],
  )
  for (const [index, { step, folder }] of places.entries()) {
    if (index < memory.written) continue
    const later = new Set(places.slice(index + 1).flatMap((place) => touchedBy(place.step)))
    const fold = folds.get(step)
    const undecided = touchedBy(step).flatMap((path): readonly Undecided[] => {
      const versions = {
        ours: state.get(path) ?? null,
        base: fold?.before.get(path) ?? null,
        theirs: fold?.after.get(path) ?? null,
      }
      const { bytes, what = null } = later.has(path)
        ? madeAgain(path, versions)
        : asInTheEnd(end.get(path) ?? null, versions)
      put(below(at(root, folder), path), bytes, versions.ours)
      if (bytes) state.set(path, bytes)
      else state.delete(path)
      const sides = bytes ? conflictIn(bytes.toString('utf8')) : ''
      return what === null ? [] : [{ path: `steps/${folder}/${path}`, what, sides }]
    })
    remember(root, { ...memory, written: index + 1, done: false })
    if (undecided.length > 0) return { renumbered, undecided }
  }
  remember(root, { ...memory, written: places.length, done: true })
  return { renumbered, undecided: [] }
}

/**
 * Brings the steps back as they were before the last move, finished or not. Answers with the folder in which what was
 * there until now is kept.
 *
 * @throws {Refusal} when there is no move to take back, or its steps have got other numbers since
 */
export function undoMove(root: string): string {
  const memory = recall(root)
  if (!memory) throw new Refusal('There is no move to take back here.', 'What is committed: git log steps')
  const places = placesOf(loadCourse(diskOf(beforeIn(root))).course, memory)
  const gone = places.find(({ step, folder }) => ![folder, step.folder].some((one) => isThere(at(root, one))))
  if (gone) {
    throw new Refusal(
      `The steps have changed since that move: steps/${gone.folder} is not there, so nothing was taken back.`,
      'What is committed: git log steps',
    )
  }
  const undone = below(locationsOf(root).move, `undone/${new Date().toISOString().replaceAll(':', '.')}`)
  makeFolder(undone)
  for (const folder of places.flatMap((place) => [place.folder, place.step.folder])) {
    const place = at(root, folder)
    if (!isThere(place)) continue
    // Git's folder may lie on another disk.
    copyFolder(place, below(undone, folder))
    deleteFolder(place)
  }
  for (const { step } of places) {
    copyFolder(below(beforeIn(root), `steps/${step.folder}`), at(root, step.folder))
  }
  deleteFile(memoryIn(root))
  deleteFolder(beforeIn(root))
  return nameOf(undone)
}

interface MovedStep {
  /** As it was before the move. */
  readonly step: Step
  /** What it is called after it. */
  readonly folder: string
}

/** All steps that a move makes again, in their new order. */
function placesOf(old: Course, { first, last, after }: Move): readonly MovedStep[] {
  const between = (from: number, to: number) =>
    old.steps.filter(({ number }) => number >= from && number <= to)
  const run = between(first, last)
  const order =
    after > last ? [...between(last + 1, after), ...run] : [...run, ...between(after + 1, first - 1)]
  const begin = Math.min(first, after + 1)
  return order.map((step, index) => ({
    step,
    folder: folderOf(begin + index, step.phase, step.slug, old),
  }))
}

interface Versions {
  /** What is there before the step now. */
  readonly ours: Buffer | null
  /** What the step made of what. */
  readonly base: Buffer | null
  readonly theirs: Buffer | null
}

interface Made {
  readonly bytes: Buffer | null
  /** What a person has to decide. */
  readonly what?: string
}

function madeAgain(path: string, { ours, base, theirs }: Versions): Made {
  if (same(ours, base)) return { bytes: theirs }
  if (same(ours, theirs)) return { bytes: ours }
  if (!theirs)
    return { bytes: null, what: 'what this step removes is not as it was: look whether it still goes' }
  if (!ours) {
    return {
      bytes: theirs,
      what: 'at its new place there is no such file yet: leave in it what belongs to this step, or delete it',
    }
  }
  const { merged, conflicts } = merge(path, { ours, base: base ?? Buffer.alloc(0), theirs }, stepComesLater)
  return conflicts ? { bytes: merged, what: 'both sides changed the same place' } : { bytes: merged }
}

const stepComesLater = {
  first: 'ours',
  labels: ['what is there before this step now', 'what this step made of it'],
} as const

/** The last step that touches a file leaves it as it was in the end. */
function asInTheEnd(end: Buffer | null, { theirs }: Versions): Made {
  if (end && !theirs) return { bytes: end, what: 'the step removes it no longer: take it out of "removes"' }
  if (!end && theirs) return { bytes: end, what: 'it is gone after this step: name it under "removes"' }
  return { bytes: end }
}

/** A step holds only what is another thing than before. */
function put(place: Location, bytes: Buffer | null, before: Buffer | null): void {
  if (bytes && !same(bytes, before)) writeFile(place, bytes)
  else deleteFile(place)
}

function copyFolder(from: Location, to: Location): void {
  for (const path of filesBelow(from)) writeFile(below(to, path), readFileSync(diskOf(below(from, path))))
}

const same = (one: Buffer | null, other: Buffer | null) => (one && other ? one.equals(other) : one === other)

const conflictsIn = (folder: string | undefined, { steps }: Course): readonly string[] =>
  [...(steps.find((step) => step.folder === folder)?.files ?? [])].flatMap(([path, bytes]) =>
    conflictIn(bytes.toString('utf8')) === '' ? [] : [`steps/${folder}/${path}`],
  )

const at = (root: string, folder: string): Location => ({ root, path: `steps/${folder}` })

/** A course: the steps as they were before the last move. */
const beforeIn = (root: string) => below(locationsOf(root).move, 'before')

const memoryIn = (root: string) => below(locationsOf(root).move, 'move.json')

function remember(root: string, memory: Memory): void {
  replaceFile(memoryIn(root), JSON.stringify(memory))
}

function recall(root: string): Memory | null {
  const place = memoryIn(root)
  return isThere(place) ? (JSON.parse(readFileSync(diskOf(place), 'utf8')) as Memory) : null
}
