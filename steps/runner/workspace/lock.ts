import { closeSync, mkdirSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { isAlive } from '../system/alive.ts'
import { goesWithUs, sweepLeftovers } from '../system/clean-up.ts'
import { Refusal, reasonOf } from '../system/refusal.ts'

const lockFile = '.course/lock'

/** How long to wait for another runner, in milliseconds: writing takes much less. */
const patience = 2000

/**
 * Does something to `src/`, `test/`, the saves or the position while no other runner does. A lock whose process has
 * died counts for nothing.
 *
 * @throws {Refusal} when another runner keeps it.
 */
export function alone<Result>(root: string, change: () => Result): Result {
  const path = join(root, lockFile)
  const until = Date.now() + patience
  while (!take(path)) {
    const holder = holderOf(path)
    const tooLong = Date.now() > until
    if (isDead(holder, tooLong)) rmSync(path, { force: true })
    else if (tooLong) {
      throw new Refusal(
        `Another npm run step is at work here (process ${holder}), so this one did nothing.`,
        'Let it finish, then type the same again.',
        `Is there none? Then delete ${lockFile}.`,
      )
    } else Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 20)
  }
  try {
    sweepLeftovers(root)
    return change()
  } finally {
    rmSync(path, { force: true })
  }
}

/**
 * Does something that takes long in a folder of ours while no other runner does, and waits for its turn. The lock lies
 * beside the folder.
 *
 * @param waiting is told once, when it has to wait, for which process
 */
export async function inTurn<Result>(
  folder: string,
  waiting: (holder: number) => void,
  change: () => Promise<Result>,
): Promise<Result> {
  const path = `${folder}.lock`
  const until = Date.now() + patience
  let told = false
  while (!take(path)) {
    const holder = holderOf(path)
    if (isDead(holder, Date.now() > until)) rmSync(path, { force: true })
    else {
      if (holder !== null && !told) waiting(holder)
      told ||= holder !== null
      await pause(100)
    }
  }
  goesWithUs(path)
  try {
    return await change()
  } finally {
    rmSync(path, { force: true })
    goesWithUs(path, false)
  }
}

/** One that has not said who holds it for so long has died between taking it and saying so. */
const isDead = (holder: number | null, tooLong: boolean) => (holder === null ? tooLong : !isAlive(holder))

/** Answers whether it is ours now. */
function take(path: string): boolean {
  try {
    mkdirSync(dirname(path), { recursive: true })
    const file = openSync(path, 'wx')
    try {
      writeSync(file, String(process.pid))
    } catch (error) {
      rmSync(path, { force: true })
      throw error
    } finally {
      closeSync(file)
    }
    return true
  } catch (error) {
    if (reasonOf(error) === 'EEXIST') return false
    throw new Refusal(
      `.course/${basename(path)} could not be written (${reasonOf(error)}), so nothing was changed.`,
      'Is the disk full, or the folder read-only? Make it writable, then try again.',
    )
  }
}

/** The process that holds it, or null when it does not say. */
function holderOf(path: string): number | null {
  try {
    return Number.parseInt(readFileSync(path, 'utf8'), 10) || null
  } catch {
    return null
  }
}
