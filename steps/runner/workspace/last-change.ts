import { readFileSync } from 'node:fs'
import { stepNamed, type Course, type Step } from '../course/read-course.ts'
import { stateAt, type State } from '../course/state.ts'
import { diskOf, locationsOf } from '../system/locations.ts'
import { replaceFile } from '../system/write-file.ts'
import type { FileChanges } from './apply-change.ts'
import { listSaves, readSave } from './saves.ts'

/** What `src/` and `test/` were before the last command that wrote there. */
export interface Before {
  readonly step: Step
  readonly files: State
  /** Files that the command had brought and that no step of the course has. */
  readonly added: readonly string[]
}

interface Said {
  readonly step: string
  readonly save: string | null
  /** What of it was not the course's: these are in the save. */
  readonly mine: readonly string[]
  readonly gone: readonly string[]
  readonly added: readonly string[]
}

/** Remembers what was there, as far as it is not the course's own, by the save that holds it. */
export function rememberBefore(
  course: Course,
  from: Step | null,
  files: State,
  { writes }: FileChanges,
): void {
  const theirs = from ? stateAt(course, from.number) : new Map<string, Buffer>()
  const said: Said | null = from && {
    step: from.folder,
    save: listSaves(course.root).at(-1)?.folder ?? null,
    mine: [...files].flatMap(([path, bytes]) => (theirs.get(path)?.equals(bytes) ? [] : [path])),
    gone: [...theirs.keys()].filter((path) => !files.has(path)),
    added: [...writes.keys()].filter((path) => !files.has(path)),
  }
  try {
    replaceFile(locationsOf(course.root).undo, `${JSON.stringify(said)}\n`)
  } catch {
    // The change itself is done, and its save is there: only undo does not know of it.
  }
}

/** Null when there is nothing to take back, or when that cannot be read. */
export function readBefore(course: Course): Before | null {
  try {
    const said = JSON.parse(readFileSync(diskOf(locationsOf(course.root).undo), 'utf8')) as Said | null
    const step = said && stepNamed(course, said.step)
    if (!said || !step) return null
    const save = listSaves(course.root).find(({ folder }) => folder === said.save)
    const saved: State = save ? readSave(course.root, save) : new Map()
    if (said.mine.some((path) => !saved.has(path))) return null
    const files = new Map(stateAt(course, step.number))
    for (const path of said.gone) files.delete(path)
    for (const path of said.mine) files.set(path, saved.get(path) ?? Buffer.of())
    return { step, files, added: said.added }
  } catch {
    return null
  }
}
