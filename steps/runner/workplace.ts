import { mkdirSync, renameSync, rmSync, unlinkSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { writeFile } from './atomic.ts'
import { Refusal, reasonOf } from './refusal.ts'
import type { State } from './state.ts'
import { pruneAbove, type Tree } from './tree.ts'

/** What it takes to turn what stands in root `src/` and `test/` into something else. */
export interface Change {
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
export function changeTo(target: State, current: Tree, owned: ReadonlySet<string>): Change {
  for (const path of target.keys()) refuseWhatIsInTheWay(path, current)
  return {
    writes: new Map([...target].filter(([path, bytes]) => !current.files.get(path)?.equals(bytes))),
    deletes: [...current.files.keys()].filter((path) => owned.has(path) && !target.has(path)),
  }
}

/**
 * Carries a change out in root `src/` and `test/`. All bytes are written next to their place first (a full disk is
 * noticed before anything has changed) and then moved into it; when a move fails, those already made are undone.
 *
 * @throws {Refusal} when the disk does not let us, with everything as it was before.
 */
export function carryOut(root: string, change: Change, current: Tree): void {
  const staging = join(root, '.course', `staging-${process.pid}`)
  const done: string[] = []
  try {
    for (const [path, bytes] of change.writes) writeFile(join(staging, path), bytes)
    for (const path of change.writes.keys()) {
      mkdirSync(dirname(join(root, path)), { recursive: true })
      renameSync(join(staging, path), join(root, path))
      done.push(path)
    }
    for (const path of change.deletes) {
      unlinkSync(join(root, path))
      done.push(path)
    }
  } catch (error) {
    for (const path of done) putBack(root, path, current)
    throw new Refusal(
      `src/ and test/ could not be written (${reasonOf(error)}); they are as they were before.`,
      'Is the disk full, or the folder read-only or open in another program? Then try again.',
    )
  } finally {
    rmSync(staging, { recursive: true, force: true })
  }
  for (const path of change.deletes) pruneAbove(root, path)
}

function putBack(root: string, path: string, before: Tree): void {
  const bytes = before.files.get(path)
  if (bytes) writeFile(join(root, path), bytes)
  else {
    rmSync(join(root, path), { force: true })
    pruneAbove(root, path)
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
