import { watch, type FSWatcher } from 'node:fs'
import { join } from 'node:path'
import { Refusal, reasonOf } from '../system/refusal.ts'

const folders: readonly string[] = ['src', 'test']

/**
 * Calls `changed` whenever something changes in root `src/` or `test/`, wherever in them, and when one of the two comes
 * or goes: step 1 has no `src/` yet, and another branch may bring another one.
 *
 * @throws {Refusal} when the system does not let us.
 */
export function watchWork(root: string, changed: () => void): Disposable {
  const watchers = new Map<string, FSWatcher>()
  const open = (folder: string) => {
    watchers.get(folder)?.close()
    watchers.delete(folder)
    try {
      const watcher = watch(join(root, folder), { recursive: true }, changed)
      // Such as that the folder is gone: then the root tells when it is there again.
      watcher.on('error', changed)
      watchers.set(folder, watcher)
    } catch (error) {
      if (reasonOf(error) === 'ENOENT') return
      throw notWatched(`${folder}/`, error)
    }
  }
  const openRoot = () => {
    try {
      return watch(root, (event, name) => {
        if (event !== 'rename' || name === null || !folders.includes(name)) return
        open(name)
        changed()
      })
    } catch (error) {
      throw notWatched("The course's folder", error)
    }
  }
  const above = openRoot()
  for (const folder of folders) open(folder)
  return {
    [Symbol.dispose]() {
      above.close()
      for (const watcher of watchers.values()) watcher.close()
    },
  }
}

const notWatched = (what: string, error: unknown) =>
  new Refusal(`${what} cannot be watched (${reasonOf(error)}).`, 'Look by hand: npm run step check')
