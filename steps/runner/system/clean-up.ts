import { readdirSync, rmSync } from 'node:fs'
import { isAlive } from './alive.ts'
import { below, diskOf, locationsOf, type Location } from './locations.ts'
import { checkedFolder, deleteFile, deleteOwnFolder } from './write-file.ts'

// What a runner needs only while it runs bears its process's number. It holds nothing that is not elsewhere too.
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
      if (isDead(folders.exec(name))) quietly(() => deleteOwnFolder(below(place, name)))
      else if (isDead(files.exec(name))) quietly(() => deleteFile(below(place, name)))
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

/** From here on, until the next such call for it, the folder goes when Ctrl-C ends the process: it is of our making. */
export function deleteOnExit(folder: string, does = true): void {
  if (does) foldersToDelete.add(folder)
  else foldersToDelete.delete(folder)
}

/**
 * From here on Ctrl-C ends the process between two of its deeds and not within one: what must not be cut in two is done
 * without a pause, and whoever listens for a signal hears it in a pause. The process still dies of the signal, as a
 * shell and npm expect of it. A second Ctrl-C does not wait.
 */
export function handleSignals(): void {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.once(signal, () => {
      for (const folder of foldersToDelete) quietly(() => rmSync(folder, { recursive: true, force: true }))
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
    return [] // Not there yet; or not to be read, which whoever needs it says.
  }
}

function quietly(remove: () => void): void {
  try {
    remove()
  } catch {}
}
