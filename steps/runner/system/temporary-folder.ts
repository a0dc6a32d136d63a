import { mkdtempSync, realpathSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { deleteOnExit } from './clean-up.ts'
import { below, diskOf, type Location } from './locations.ts'
import { makeFolder } from './write-file.ts'

/**
 * A folder outside of the repository, filled by `fill`. It goes when what this answers is disposed of, when Ctrl-C ends
 * the process, and when it cannot be filled.
 *
 * @throws what `fill` throws
 */
export function temporaryFolder<Filled extends object>(
  name: string,
  fill: (folder: string) => Filled,
): Filled & Disposable {
  // On macOS the folder for temporary files is a link, and tests are known by their true paths.
  return filled(realpathSync(mkdtempSync(join(tmpdir(), `course-${name}-`))), fill)
}

/** The same in a folder of the repository, where the packages are found. */
export function temporaryFolderIn(parent: Location, name: string): { readonly folder: string } & Disposable {
  makeFolder(parent)
  return temporaryFolderAt(diskOf(below(parent, `${name}-${process.pid}-`)))
}

/** The same at this path, which gets an ending of its own. */
export const temporaryFolderAt = (begin: string): { readonly folder: string } & Disposable =>
  filled(mkdtempSync(begin), (folder) => ({ folder }))

function filled<Filled extends object>(
  folder: string,
  fill: (folder: string) => Filled,
): Filled & Disposable {
  deleteOnExit(folder)
  const dispose = () => {
    rmSync(folder, { recursive: true, force: true })
    deleteOnExit(folder, false)
  }
  try {
    return { ...fill(folder), [Symbol.dispose]: dispose }
  } catch (error) {
    dispose()
    throw error
  }
}

/** Gives a copy of the repository at `root` the packages that are installed there. */
export function linkPackages(root: string, copy: string): void {
  // A junction needs no administrator on Windows; elsewhere it is an ordinary link.
  symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'), 'junction')
}
