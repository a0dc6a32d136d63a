import { randomUUID } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import { isAlive } from '../system/alive.ts'
import { sweepLeftovers } from '../system/clean-up.ts'
import { withSuffix, locationsOf, nameOf, type Location } from '../system/locations.ts'
import { Refusal, cannotWrite, reasonOf } from '../system/refusal.ts'
import { deleteOwnFolder, makeOwnFolder, markOf, moveFile } from '../system/write-file.ts'

/** How long to wait for another runner, in milliseconds: writing takes much less. */
const lockTimeout = 2000

/**
 * Runs `change` while holding the lock on `src/`, `test/`, the saves and the position. The lock of a dead process is
 * taken over.
 *
 * @throws {Refusal} when another runner keeps it.
 */
export function withLock<Result>(root: string, change: () => Result): Result {
  const { lock } = locationsOf(root)
  const until = Date.now() + lockTimeout
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
 * Runs `change`, which may take long, while holding `lock`. Waits for the lock without a limit.
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
 * Takes a lock: a folder whose mark names its holder, put in place by a rename, which only one process can win.
 * Returns null when we hold it now, else its holder.
 *
 * The right to remove a dead process's lock is itself such a lock, named after that holder; holders' names are unique.
 * So two processes that see the same dead lock cannot both remove it, and the later one cannot remove the earlier one's
 * new lock.
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

/** Returns null when we hold it now, else its holder. */
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
    // It was released just now; on Windows, another program may have the folder open.
    if (['ENOTEMPTY', 'EEXIST', 'EPERM', 'EBUSY'].includes(reasonOf(error))) return unknown
    throw cannotWrite(`${nameOf(lock)} could not be written`, error, { end: ', so nothing was changed.' })
  } finally {
    deleteOwnFolder(mine)
  }
}

/** Moved away before it is deleted: a half-deleted folder could be taken for a free lock. */
function letGo(lock: Location): void {
  const gone = withSuffix(lock, `.${name()}`)
  moveFile(lock, gone)
  deleteOwnFolder(gone)
}

const processOf = (holder: string) => Number.parseInt(holder, 10)

const isDead = (holder: string) => holder !== unknown && !isAlive(processOf(holder))

/** The holder of the lock could not be read, or the lock is free by now. */
const unknown = ''

const name = () => `${process.pid}-${randomUUID().slice(0, 8)}`
