import { type FileCall, withChanges } from './intercepted-fs.ts'

const changes: readonly FileCall[] = [
  'openSync',
  'writeFileSync',
  'linkSync',
  'copyFileSync',
  'renameSync',
  'unlinkSync',
  'rmSync',
  'rmdirSync',
  'mkdirSync',
]

/**
 * Does something as in a process that is killed right before its `last`th change to a file: from there on nothing is
 * changed any more, whatever tries, cleaning up included. Other refusals are part of the play.
 */
export function killedBefore(last: number, act: () => unknown): void {
  let count = 0
  const unlessKilled = (change: () => unknown) => {
    if (++count >= last) throw new Error('killed')
    return change()
  }
  try {
    withChanges(changes, unlessKilled, act)
  } catch {
    // Killed, or refused.
  }
}
