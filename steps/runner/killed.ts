import fs from 'node:fs'
import { syncBuiltinESMExports } from 'node:module'
import { join } from 'node:path'

const changing = [
  'openSync',
  'writeFileSync',
  'linkSync',
  'copyFileSync',
  'renameSync',
  'unlinkSync',
  'rmSync',
  'rmdirSync',
  'mkdirSync',
] as const

// Node loads the code behind rmSync at its first use and keeps the functions that it finds in fs then, for good. Were
// that first use inside killedBefore, nothing could be deleted in this process any more.
fs.rmSync(join(import.meta.dirname, 'no such file'), { force: true })

/**
 * Does something as in a process that is killed right before its `last`th change to a file: from there on nothing is
 * changed any more, whatever tries, cleaning up included. Other refusals are part of the play.
 */
export function killedBefore(last: number, act: () => unknown): void {
  const originals = changing.map((name) => [name, fs[name]] as const)
  let changes = 0
  for (const [name, original] of originals) {
    Object.assign(fs, {
      [name]: (...args: readonly unknown[]) => {
        const isChange = name !== 'openSync' || ['w', 'wx'].includes(String(args[1]))
        if (isChange && ++changes >= last) throw new Error('killed')
        return Reflect.apply(original, fs, args)
      },
    })
  }
  syncBuiltinESMExports()
  try {
    act()
  } catch {
    // Killed, or refused.
  } finally {
    Object.assign(fs, Object.fromEntries(originals))
    syncBuiltinESMExports()
  }
}
