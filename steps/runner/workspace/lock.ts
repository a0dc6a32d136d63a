import { randomUUID } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import { isAlive } from '../system/alive.ts'
import { sweepLeftovers } from '../system/clean-up.ts'
import { withSuffix, locationsOf, nameOf, type Location } from '../system/locations.ts'
import { Refusal, reasonOf } from '../system/refusal.ts'
import { deleteOwnFolder, makeOwnFolder, markOf, moveFile } from '../system/write-file.ts'

/** How long to wait for another runner, in milliseconds: writing takes much less. */
const patience = 2000

/**
 * Does something to `src/`, `test/`, the saves or the position while no other runner does. A lock whose process has
 * died is taken over.
 *
 * @throws {Refusal} when another runner keeps it.
 */
export function withLock<Result>(root: string, change: () => Result): Result {
  const { lock } = locationsOf(root)
  const until = Date.now() + patience
  for (let holder = take(lock); holder !== null; holder = take(lock)) {
    if (isDead(holder)) continue
    if (Date.now() > until) {
      const process = holder === unknown ? '' : ` (process ${processOf(holder)})`
      throw new Refusal(
        `Another npm run step is at work here${process}, so this one did nothing.`,
        'Let it finish, then type the same again.',
        `Is there none? Then delete ${nameOf(lock)}.`,
      )
    }
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 20)
  }
  try {
    sweepLeftovers(root)
    return change()
  } finally {
    letGo(lock)
  }
}

/**
 * Does something that takes long in a folder of ours while no other runner does, and waits for its turn.
 *
 * @param waiting is told once, when it has to wait, for which process
 */
export async function inTurn<Result>(
  lock: Location,
  waiting: (holder: number) => void,
  change: () => Promise<Result>,
): Promise<Result> {
  let told = false
  for (let holder = take(lock); holder !== null; holder = take(lock)) {
    if (isDead(holder)) continue
    if (!told && holder !== unknown) waiting(processOf(holder))
    told ||= holder !== unknown
    await pause(100)
  }
  try {
    return await change()
  } finally {
    letGo(lock)
  }
}

/**
 * Takes a lock: a folder whose mark names its holder. It comes to its place whole, by a rename, which only one can win.
 * Answers null when it is ours now, else its holder.
 *
 * The right to remove a dead process's lock is itself such a lock, called after that holder, whose name nobody bears a
 * second time. So two that have seen the same dead lock cannot both remove it, and the later one not what the earlier
 * one has put in its place.
 */
function take(lock: Location): string | null {
  const holder = put(lock)
  if (holder === null || !isDead(holder)) return holder
  const right = withSuffix(lock, `.${holder}`)
  const faster = take(right)
  if (faster !== null) return faster
  try {
    if (markOf(lock) === holder) letGo(lock)
  } finally {
    letGo(right)
  }
  return holder
}

/** Answers null when it is ours now, else its holder. */
function put(lock: Location): string | null {
  const me = name()
  const mine = withSuffix(lock, `.${me}`)
  try {
    makeOwnFolder(mine, me)
    moveFile(mine, lock)
    return null
  } catch (error) {
    const holder = markOf(lock)
    if (holder !== null) return holder
    // It has been let go just now; on Windows, another program may be looking into the folder.
    if (['ENOTEMPTY', 'EEXIST', 'EPERM', 'EBUSY'].includes(reasonOf(error))) return unknown
    throw new Refusal(
      `${nameOf(lock)} could not be written (${reasonOf(error)}), so nothing was changed.`,
      'Is the disk full, or the folder read-only? Make it writable, then try again.',
    )
  } finally {
    deleteOwnFolder(mine)
  }
}

/** It goes in one go: a folder that is half deleted could be taken for one that is free. */
function letGo(lock: Location): void {
  const gone = withSuffix(lock, `.${name()}`)
  moveFile(lock, gone)
  deleteOwnFolder(gone)
}

const processOf = (holder: string) => Number.parseInt(holder, 10)

const isDead = (holder: string) => holder !== unknown && !isAlive(processOf(holder))

/** Whose lock it is could not be read, or nobody's any more. */
const unknown = ''

const name = () => `${process.pid}-${randomUUID().slice(0, 8)}`
