import fs from 'node:fs'
import { syncBuiltinESMExports } from 'node:module'
import { join } from 'node:path'

/** A function of `fs` that changes files, under its own name. */
export type FileCall =
  | 'openSync'
  | 'writeFileSync'
  | 'writeSync'
  | 'linkSync'
  | 'copyFileSync'
  | 'renameSync'
  | 'unlinkSync'
  | 'rmSync'
  | 'rmdirSync'
  | 'mkdirSync'

// Node loads the code behind rmSync at its first use and keeps the functions that it finds in fs then, for good. Were
// that first use inside withChanges, nothing could be deleted in this process any more.
fs.rmSync(join(import.meta.dirname, 'no such file'), { force: true })

/**
 * Does something while every change to a file that is named here goes through `instead`, for all modules of this
 * process. To open a file for reading is no change.
 *
 * @param instead gets the real function with the arguments bound to it, its name, and the arguments
 */
export function withChanges<T>(
  names: readonly FileCall[],
  instead: (change: () => unknown, name: FileCall, args: readonly unknown[]) => unknown,
  act: () => T,
): T {
  const originals = Object.fromEntries(names.map((name) => [name, fs[name]]))
  for (const name of names) {
    const original = fs[name]
    Object.assign(fs, {
      [name]: (...args: readonly unknown[]) => {
        const change = () => Reflect.apply(original, fs, args)
        const isChange = name !== 'openSync' || ['w', 'wx'].includes(String(args[1]))
        return isChange ? instead(change, name, args) : change()
      },
    })
  }
  syncBuiltinESMExports()
  try {
    return act()
  } finally {
    Object.assign(fs, originals)
    syncBuiltinESMExports()
  }
}
