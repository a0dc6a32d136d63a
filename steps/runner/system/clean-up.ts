import { readdirSync, rmSync } from 'node:fs'
import { isAlive } from './alive.ts'
import { below, diskOf, locationsOf, type Location } from './locations.ts'
import { attemptTo, checkedFolder, deleteFile, deleteOwnFolder } from './write-file.ts'

// Files that a runner needs only while it runs have its process id in their name. They hold nothing that is not elsewhere too.
const folders = /^(?:trial-(\d+)-\w{6}|(?:staging|\.writing)-(\d+)|lock\.(\d+)-[\w.-]+)$/
const files = /^(?:position|hints|contracts|found)\.json\.(\d+)\.(?:tmp|arrived|back)$/

const foldersToDelete = new Set<string>()

/** Removes what runners have left behind that were killed: only what is called as they call it. */
export function sweepLeftovers(root: string): void {
  const { saves, position, lock, scratch } = locationsOf(root)
  const places = [scratch, saves, folderOf(position), folderOf(lock)]
  for (const place of new Map(places.map((one) => [diskOf(one), one])).values()) {
    for (const name of namesIn(place)) {
      // What cannot be removed now is swept another time.
      if (isDead(folders.exec(name))) attemptTo(() => deleteOwnFolder(below(place, name)))
      else if (isDead(files.exec(name))) attemptTo(() => deleteFile(below(place, name)))
    }
  }
}

const folderOf = (location: Location): Location => ({
  ...location,
  path: location.path.slice(0, location.path.lastIndexOf('/')),
})

function isDead(name: RegExpExecArray | null): boolean {
  const process = name?.slice(1).find((group) => group !== undefined)
  return process !== undefined && !isAlive(Number(process))
}

/** Whether a temporary folder that we made is deleted when Ctrl-C ends the process. */
export function deleteOnExit(folder: string, does = true): void {
  if (does) foldersToDelete.add(folder)
  else foldersToDelete.delete(folder)
}

/**
 * Signals act between synchronous operations, so what must not be interrupted is synchronous. The handler removes
 * temporary folders and raises the signal again: the process ends by the signal, as a shell and npm expect. A second
 * Ctrl-C does not wait.
 */
export function handleSignals(): void {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.once(signal, () => {
      for (const folder of foldersToDelete) attemptTo(() => rmSync(folder, { recursive: true, force: true }))
      // Vitest would end it by an exit code, which npm takes for a failure and tells a story about.
      process.removeAllListeners(signal)
      process.kill(process.pid, signal)
    })
  }
}

function namesIn(folder: Location): readonly string[] {
  try {
    return readdirSync(checkedFolder(folder))
  } catch {
    return [] // Not there yet; or not readable, which the code that needs the folder reports.
  }
}
