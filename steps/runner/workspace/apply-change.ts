import { dirname } from 'node:path'
import { below, locationsOf } from '../system/locations.ts'
import {
  deleteFile,
  deleteOwnFolder,
  keepFile,
  makeFolder,
  makeOwnFolder,
  moveFile,
  pruneAbove,
  writeFile,
} from '../system/write-file.ts'
import { Refusal, cannotWrite } from '../system/refusal.ts'
import type { State } from '../course/state.ts'
import type { Tree } from '../course/read-tree.ts'

/** What it takes to turn what stands in root `src/` and `test/` into something else. */
export interface FileChanges {
  /** Only files whose bytes differ, so that watchers stay calm. */
  readonly writes: State
  readonly deletes: readonly string[]
}

/**
 * What to write and to delete so that the `owned` paths hold `target`. Files that are neither owned nor in `target`
 * are the learner's own and stay.
 *
 * @throws {Refusal} when a folder stands where a file belongs, or the other way round.
 */
export function changeTo(target: State, current: Tree, owned: ReadonlySet<string>): FileChanges {
  for (const path of target.keys()) refuseWhatIsInTheWay(path, current)
  return {
    writes: new Map([...target].filter(([path, bytes]) => !current.files.get(path)?.equals(bytes))),
    deletes: [...current.files.keys()].filter((path) => owned.has(path) && !target.has(path)),
  }
}

/** A change that needs no more room on the disk: only to be moved into its place. */
export interface PreparedChange {
  /**
   * Carries it out. When a move fails, those already made are undone.
   *
   * @throws {Refusal} when the system does not let us, with everything as it was before.
   */
  readonly carryOut: () => void
  [Symbol.dispose](): void
}

/**
 * Writes all new bytes, and keeps all old ones, next to root `src/` and `test/`: a full disk is noticed before anything
 * has changed.
 *
 * @throws {Refusal} when they cannot be written.
 */
export function stage(root: string, change: FileChanges, current: Tree): PreparedChange {
  const staging = below(locationsOf(root).scratch, `staging-${process.pid}`)
  const [after, before] = [below(staging, 'after'), below(staging, 'before')]
  const made: string[] = []
  const dispose = () => {
    deleteOwnFolder(staging)
    for (const path of [...made, ...change.deletes]) pruneAbove({ root, path })
  }
  const keep = (path: string) => keepFile({ root, path }, below(before, path))
  attempt(() => {
    deleteOwnFolder(staging)
    makeOwnFolder(staging)
    for (const [path, bytes] of change.writes) {
      writeFile(below(after, path), bytes)
      if (current.files.has(path)) keep(path)
      made.push(path)
      makeFolder({ root, path: dirname(path) })
    }
    for (const path of change.deletes) keep(path)
  }, dispose)
  const carryOut = () => {
    const done: string[] = []
    const move = () => {
      for (const path of change.writes.keys()) {
        moveFile(below(after, path), { root, path })
        done.push(path)
      }
      for (const path of change.deletes) {
        deleteFile({ root, path })
        done.push(path)
      }
    }
    attempt(move, () => {
      for (const path of done) {
        if (current.files.has(path)) moveFile(below(before, path), { root, path })
        else deleteFile({ root, path })
      }
    })
  }
  return { carryOut, [Symbol.dispose]: dispose }
}

function attempt(apply: () => void, undo: () => void): void {
  try {
    apply()
  } catch (error) {
    undo()
    throw cannotWrite('src/ and test/ could not be written', error, {
      end: '; they are as they were before.',
      advice: 'Or is one of its files open in another program? Then try again.',
    })
  }
}

function refuseWhatIsInTheWay(path: string, current: Tree): void {
  if (current.folders.has(path)) {
    throw new Refusal(
      `${path} should be a file, but a folder of that name stands in its place.`,
      'Rename the folder or move it away, then try again.',
    )
  }
  for (let above = path; above.includes('/');) {
    above = above.slice(0, above.lastIndexOf('/'))
    if (current.files.has(above)) {
      throw new Refusal(
        `${above} should be a folder, but a file of that name stands in its place.`,
        'Rename the file or move it away, then try again.',
      )
    }
  }
}
