import { readdirSync } from 'node:fs'
import { below, locationsOf, nameOf } from '../system/locations.ts'
import {
  checkedFolder,
  deleteOwnFolder,
  makeOwnFolder,
  moveFile,
  writeDurably,
} from '../system/write-file.ts'
import { stepNamed, type Course, type Step } from '../course/read-course.ts'
import { Refusal, cannotWrite, reasonOf } from '../system/refusal.ts'
import type { State } from '../course/state.ts'
import { readTree } from '../course/read-tree.ts'

/** A copy of the whole `src/` and `test/`, kept for good: nothing ever deletes one. */
export interface Save {
  /** From 1, the oldest. */
  readonly number: number
  /** The folder that the step at which the learner stood had then, or null when that was not known. */
  readonly step: string | null
  readonly at: Date
  /** Its folder among the saves. */
  readonly folder: string
}

// No colon in it: Windows allows none in a name.
const saveName =
  /^(?<number>\d+)-(?<at>\d{4}-\d{2}-\d{2}T\d{6})Z-(?:step-(?<step>\d+(?:-[a-z0-9-]+)?)|nowhere)$/

/** All saves, oldest first. */
export function listSaves(root: string): readonly Save[] {
  const { saves } = locationsOf(root)
  const disk = checkedFolder(saves)
  let names: readonly string[]
  try {
    names = readdirSync(disk)
  } catch (error) {
    if (reasonOf(error) === 'ENOENT') return []
    throw new Refusal(
      `The saves in ${nameOf(saves)} cannot be read (${reasonOf(error)}).`,
      'Make that folder readable.',
    )
  }
  return names.flatMap((folder) => saveFrom(folder) ?? []).toSorted((one, other) => one.number - other.number)
}

/**
 * The save that was typed; without a number the latest.
 *
 * @param what what it is for, such as "restore"
 * @throws {Refusal} when there is no such save
 */
export function saveNumbered(root: string, typed: string | undefined, what: string): Save {
  const all = listSaves(root)
  const save = typed === undefined ? all.at(-1) : all.find(({ number }) => typed === String(number))
  if (save) return save
  throw new Refusal(
    all.length === 0
      ? `There is no save to ${what}: nothing of yours was ever written over.`
      : `There is no save ${typed}: the saves are ${shortened(all.map(({ number }) => number))}.`,
    'To see them: npm run step saves',
  )
}

/** The step at which a save was made, whatever its number is now; null when that is not known, or the step is gone. */
export const stepOfSave = (course: Course, { step }: Save): Step | null =>
  (step === null ? null : stepNamed(course, step)) ?? null

/**
 * What a save holds.
 *
 * @throws {Refusal} for a link in its place, or in it
 */
export function readSave(root: string, save: Save): State {
  return readTree(checkedFolder(below(locationsOf(root).saves, save.folder))).files
}

/**
 * Whether `files` hold bytes that are to be found nowhere else: neither in the states the course had put there, nor
 * in the latest save.
 */
export function isUnsaved(root: string, files: State, course: readonly State[]): boolean {
  const typed = [...files].filter(([path, bytes]) => !course.some((state) => state.get(path)?.equals(bytes)))
  if (typed.length === 0) return false
  const latest = listSaves(root).at(-1)
  if (!latest) return true
  const saved = readSave(root, latest)
  return typed.some(([path, bytes]) => !saved.get(path)?.equals(bytes))
}

/**
 * Saves `files` as they are. The save appears whole or not at all.
 *
 * @throws {Refusal} when it cannot be written, and then nothing may be overwritten.
 */
export function saveFiles(root: string, files: State, step: Step | null): Save {
  const { saves } = locationsOf(root)
  const writing = below(saves, `.writing-${process.pid}`)
  const whole = below(writing, 'save')
  try {
    deleteOwnFolder(writing)
    makeOwnFolder(writing)
    for (const [path, bytes] of files) writeDurably(below(whole, path), bytes)
    const number = (listSaves(root).at(-1)?.number ?? 0) + 1
    const at = new Date().toISOString().slice(0, 19).replaceAll(':', '')
    const folder = `${String(number).padStart(3, '0')}-${at}Z-${step === null ? 'nowhere' : `step-${step.folder}`}`
    moveFile(whole, below(saves, folder))
    return { number, step: step?.folder ?? null, at: timeIn(at), folder }
  } catch (error) {
    throw cannotWrite('Your work in src/ and test/ could not be saved', error, {
      end: ', so nothing was changed.',
      advice: `Make room in ${nameOf(saves)}, then try again.`,
    })
  } finally {
    deleteOwnFolder(writing)
  }
}

/** What the name of a folder says of the save in it; nothing when it is not one's name. */
export function saveFrom(folder: string): Save | undefined {
  const parts = saveName.exec(folder)?.groups
  if (!parts) return undefined
  return {
    number: Number(parts['number']),
    step: parts['step'] ?? null,
    at: timeIn(parts['at'] ?? ''),
    folder,
  }
}

/** `2026-11-23T024313` -> that moment, in UTC. */
function timeIn(at: string): Date {
  return new Date(`${at.slice(0, 13)}:${at.slice(13, 15)}:${at.slice(15)}Z`)
}

/** Numbers in a sentence, of which the middle ones may be left out: `1, 2, 3 … 199, 200`. */
export const shortened = (numbers: readonly number[]): string =>
  numbers.length <= 8
    ? numbers.join(', ')
    : `${numbers.slice(0, 3).join(', ')} … ${numbers.slice(-3).join(', ')}`
