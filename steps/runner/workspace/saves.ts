import { mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { writeDurably } from '../system/write-file.ts'
import { stepNamed, type Course, type Step } from '../course/read-course.ts'
import { Refusal, reasonOf } from '../system/refusal.ts'
import type { State } from '../course/state.ts'
import { readTree } from '../course/read-tree.ts'

/** A copy of the whole `src/` and `test/`, kept for good: nothing ever deletes one. */
export interface Save {
  /** From 1, the oldest. */
  readonly number: number
  /** The folder that the step at which the learner stood had then, or null when that was not known. */
  readonly step: string | null
  readonly at: Date
  /** Its folder in `.course/saves/`. */
  readonly folder: string
}

// No colon in it: Windows allows none in a name.
const saveName =
  /^(?<number>\d+)-(?<at>\d{4}-\d{2}-\d{2}T\d{6})Z-(?:step-(?<step>\d+(?:-[a-z0-9-]+)?)|nowhere)$/

const savesIn = (root: string) => join(root, '.course', 'saves')

/** All saves, oldest first. */
export function listSaves(root: string): readonly Save[] {
  let names: readonly string[]
  try {
    names = readdirSync(savesIn(root))
  } catch (error) {
    if (reasonOf(error) === 'ENOENT') return []
    throw new Refusal(
      `The saves in .course/saves cannot be read (${reasonOf(error)}).`,
      'Make that folder readable.',
    )
  }
  return names.flatMap((folder) => saveFrom(folder) ?? []).toSorted((one, other) => one.number - other.number)
}

/** The step at which a save was made, whatever its number is now; null when that is not known, or the step is gone. */
export const stepOfSave = (course: Course, { step }: Save): Step | null =>
  (step === null ? null : stepNamed(course, step)) ?? null

/** What a save holds. */
export function readSave(root: string, save: Save): State {
  return readTree(join(savesIn(root), save.folder)).files
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
  const writing = join(savesIn(root), `.writing-${process.pid}`)
  try {
    rmSync(writing, { recursive: true, force: true })
    mkdirSync(writing, { recursive: true })
    for (const [path, bytes] of files) writeDurably(join(writing, path), bytes)
    const number = (listSaves(root).at(-1)?.number ?? 0) + 1
    const at = new Date().toISOString().slice(0, 19).replaceAll(':', '')
    const folder = `${String(number).padStart(3, '0')}-${at}Z-${step === null ? 'nowhere' : `step-${step.folder}`}`
    renameSync(writing, join(savesIn(root), folder))
    return { number, step: step?.folder ?? null, at: timeIn(at), folder }
  } catch (error) {
    rmSync(writing, { recursive: true, force: true })
    throw new Refusal(
      `Your work in src/ and test/ could not be saved (${reasonOf(error)}), so nothing was changed.`,
      'Is the disk full, or the folder read-only? Make room in .course/saves, then try again.',
    )
  }
}

function saveFrom(folder: string): Save | undefined {
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
