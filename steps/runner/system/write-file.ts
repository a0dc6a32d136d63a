import {
  closeSync,
  copyFileSync,
  cpSync,
  existsSync,
  fsyncSync,
  linkSync,
  lstatSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { dirname, join, relative, sep } from 'node:path'
import { below, withSuffix, diskOf, nameOf, type Location } from './locations.ts'
import { Refusal, reasonOf } from './refusal.ts'

// The one place from which the runner writes and deletes. A branch can put a link anywhere in the working tree, so no
// link is followed: it is refused by name, and nothing is touched.

/**
 * The place on this disk, when no level of it is a link.
 *
 * @throws {Refusal} when one is, or when a file is where a folder belongs.
 */
export function checked(location: Location): string {
  const levels = location.path.split('/')
  for (let count = 1; count <= levels.length; count++) {
    const level = { ...location, path: levels.slice(0, count).join('/') }
    const found = lstatSync(diskOf(level), { throwIfNoEntry: false })
    if (!found) break
    if (found.isSymbolicLink()) {
      throw new Refusal(
        `${nameOf(level)} is a link, and the runner follows none, so nothing was touched.`,
        'Delete the link, or put what it points to in its place; then try again.',
      )
    }
    if (count < levels.length && !found.isDirectory()) throw notAFolder(level)
  }
  return diskOf(location)
}

/** The same for a folder. It need not be there. */
export function checkedFolder(location: Location): string {
  const disk = checked(location)
  if (lstatSync(disk, { throwIfNoEntry: false })?.isDirectory() === false) throw notAFolder(location)
  return disk
}

const notAFolder = (location: Location) =>
  new Refusal(
    `${nameOf(location)} should be a folder, but it is a file, so nothing was touched.`,
    'Rename the file or move it away, then try again.',
  )

/** Makes a folder and those above it. */
export function makeFolder(location: Location): string {
  const disk = checkedFolder(location)
  mkdirSync(disk, { recursive: true })
  return disk
}

/** Writes a file and the folders above it. */
export function writeFile(location: Location, bytes: string | Uint8Array): void {
  writeFileSync(withFolder(location), bytes)
}

/** The same, with the bytes on the disk when it returns and not only in the system's memory: for what was typed. */
export function writeDurably(location: Location, bytes: string | Uint8Array): void {
  const file = openSync(withFolder(location), 'w')
  try {
    writeFileSync(file, bytes)
    fsyncSync(file)
  } finally {
    closeSync(file)
  }
}

/** Replaces a file atomically: a reader finds either all of the old bytes or all of the new ones. */
export function replaceFile(location: Location, bytes: string | Uint8Array): void {
  const unfinished = withSuffix(location, `.${process.pid}.tmp`)
  checked(location)
  try {
    writeFile(unfinished, bytes)
    moveFile(unfinished, location)
  } catch (error) {
    attemptTo(() => deleteFile(unfinished))
    throw error
  }
}

/** Moves a file or a folder to another place on the same disk, whose folder is there. */
export function moveFile(from: Location, to: Location): void {
  renameSync(checked(from), checked(to))
}

/** The same to a folder that may be missing, or lie on another disk. What is at the new place is whole. */
export function moveAcross(from: Location, to: Location): void {
  withFolder(to)
  try {
    moveFile(from, to)
  } catch (error) {
    if (reasonOf(error) !== 'EXDEV') throw error
    const unfinished = withSuffix(to, `.${process.pid}.tmp`)
    cpSync(checked(from), checked(unfinished), { recursive: true, verbatimSymlinks: true })
    moveFile(unfinished, to)
    rmSync(checked(from), { recursive: true })
  }
}

/** A second name for the same bytes, which costs nothing, where the disk's format knows such; else a copy. */
export function keepFile(from: Location, to: Location): void {
  const [source, copy] = [checked(from), withFolder(to)]
  try {
    linkSync(source, copy)
  } catch {
    copyFileSync(source, copy)
  }
}

/** Every file below a folder, which need not be there, with forward slashes. A link among them is refused. */
export function filesBelow(folder: Location): readonly string[] {
  const disk = checkedFolder(folder)
  if (!existsSync(disk)) return []
  return readdirSync(disk, { recursive: true, withFileTypes: true }).flatMap((entry) => {
    const path = relative(disk, join(entry.parentPath, entry.name)).replaceAll(sep, '/')
    if (entry.isSymbolicLink()) checked(below(folder, path))
    return entry.isDirectory() ? [] : [path]
  })
}

/** Deletes a file, if it is there. */
export function deleteFile(location: Location): void {
  rmSync(checked(location), { force: true })
}

/** Removes the folders above a path that have become empty, up to `root`, which stays. */
export function pruneAbove({ root, path }: Location): void {
  for (let folder = dirname(path); folder !== '.'; folder = dirname(folder)) {
    try {
      rmdirSync(checkedFolder({ root, path: folder }))
    } catch {
      return // Not empty, or in use: then it stays.
    }
  }
}

const mark = '.made-by-npm-run-step'

/**
 * Makes a folder that the runner may empty and delete: it holds a mark of ours. One that is there already has to hold
 * the mark, or nothing at all.
 *
 * @param text what the mark says
 * @throws {Refusal} when something else is there
 */
export function makeOwnFolder(location: Location, text = ''): string {
  const disk = makeFolder(location)
  if (markOf(location) !== null) return disk
  if (readdirSync(disk).length > 0) throw notOurs(location)
  writeFile(below(location, mark), text)
  return disk
}

/** Says of a folder that earlier runners made that it is ours. */
export function markAsOurs(location: Location): void {
  writeFile(below(location, mark), '')
}

/** What the mark of such a folder says; null when there is no such folder, or it is not ours. */
export function markOf(location: Location): string | null {
  try {
    return readFileSync(checked(below(location, mark)), 'utf8')
  } catch (error) {
    if (error instanceof Refusal || ['ENOENT', 'ENOTDIR'].includes(reasonOf(error))) return null
    throw error
  }
}

/**
 * Deletes a folder that holds our mark, or nothing; if it is there.
 *
 * @throws {Refusal} when it holds something else
 */
export function deleteOwnFolder(location: Location): void {
  const disk = checkedFolder(location)
  if (lstatSync(disk, { throwIfNoEntry: false }) === undefined) return
  if (markOf(location) === null && readdirSync(disk).length > 0) throw notOurs(location)
  deleteFolder(location)
}

/**
 * Deletes a folder with all that is in it; of links in it, these and not what they point to. For what lies in a folder
 * of ours, or is known to be kept elsewhere.
 */
export function deleteFolder(location: Location): void {
  rmSync(checkedFolder(location), { recursive: true, force: true })
}

const notOurs = (location: Location) =>
  new Refusal(
    `${nameOf(location)} is in the way: it holds files that the runner did not put there, so nothing was touched.`,
    'Move it away, or delete it when you do not need it; then try again.',
  )

/** For cleaning up: what made it fail is reported elsewhere, or is cleaned up by a later run. */
export function attemptTo(clean: () => void): void {
  try {
    clean()
  } catch {}
}

/** The place, with its folder made. */
function withFolder(location: Location): string {
  const disk = checked(location)
  mkdirSync(dirname(disk), { recursive: true })
  return disk
}
