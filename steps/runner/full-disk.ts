import fs from 'node:fs'
import { syncBuiltinESMExports } from 'node:module'
import { join } from 'node:path'

/** What needs room; to rename and to delete need none. */
const needy = ['openSync', 'writeFileSync', 'writeSync', 'mkdirSync', 'linkSync', 'copyFileSync'] as const

// See killed.ts: rmSync has to find the real functions at its first use.
fs.rmSync(join(import.meta.dirname, 'no such file'), { force: true })

/**
 * Does something on a disk that is full from its `last`th change on: nothing is written from there on, or only half of
 * it, while deleting and renaming still work.
 *
 * @returns whether the disk was full before it was done
 */
export function onDiskFullBefore(last: number, act: () => unknown): boolean {
  const originals = needy.map((name) => [name, fs[name]] as const)
  let changes = 0
  for (const [name, original] of originals) {
    Object.assign(fs, {
      [name]: (...args: readonly unknown[]) => {
        const needs = name !== 'openSync' || ['w', 'wx'].includes(String(args[1]))
        if (!needs || ++changes < last) return Reflect.apply(original, fs, args)
        if (name === 'writeFileSync') writeHalf(args)
        throw Object.assign(new Error('ENOSPC: no space left on device'), { code: 'ENOSPC' })
      },
    })
  }
  const writeHalf = ([file, bytes]: readonly unknown[]) => {
    const half = Buffer.from(bytes as string | Buffer)
    for (const [name, original] of originals) {
      if (name === 'writeFileSync') {
        Reflect.apply(original, fs, [file, half.subarray(0, half.length / 2)])
      }
    }
  }
  syncBuiltinESMExports()
  try {
    act()
  } finally {
    Object.assign(fs, Object.fromEntries(originals))
    syncBuiltinESMExports()
  }
  return changes >= last
}
