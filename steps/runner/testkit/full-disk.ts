import { writeFileSync } from 'node:fs'
import { type FileCall, withChanges } from './intercepted-fs.ts'

/** What needs room; to rename and to delete need none. */
const needy: readonly FileCall[] = [
  'openSync',
  'writeFileSync',
  'writeSync',
  'mkdirSync',
  'linkSync',
  'copyFileSync',
]

/**
 * Does something on a disk that is full from its `last`th change on: nothing is written from there on, or only half of
 * it, while deleting and renaming still work.
 *
 * @returns whether the disk was full before it was done
 */
export function onDiskFullBefore(last: number, act: () => unknown): boolean {
  let count = 0
  let half = false
  const whileThereIsRoom = (change: () => unknown, name: FileCall, args: readonly unknown[]) => {
    if (half || ++count < last) return change()
    if (name === 'writeFileSync') {
      const bytes = Buffer.from(args[1] as string | Buffer)
      half = true
      writeFileSync(args[0] as string, bytes.subarray(0, bytes.length / 2))
      half = false
    }
    throw Object.assign(new Error('ENOSPC: no space left on device'), { code: 'ENOSPC' })
  }
  withChanges(needy, whileThereIsRoom, act)
  return count >= last
}
