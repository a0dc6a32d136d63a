import { readdirSync, readFileSync, type Dirent } from 'node:fs'
import { join } from 'node:path'
import { Refusal, reasonOf } from '../system/refusal.ts'
import type { State } from './state.ts'

/** What stands in a folder's `src/` and `test/`. */
export interface Tree {
  readonly files: State
  /** Folders below `src` and `test` and these two themselves, with forward slashes. */
  readonly folders: ReadonlySet<string>
}

/**
 * Reads `src/` and `test/` of a folder; either may be missing.
 *
 * @throws {Refusal} for a link or a device among them, or when something cannot be read: bytes that we cannot keep
 *   safe, we do not touch.
 */
export function readTree(folder: string): Tree {
  const files = new Map<string, Buffer>()
  const folders = new Set<string>()
  const enter = (path: string) => {
    folders.add(path)
    for (const entry of entriesOf(join(folder, path), path)) visit(entry, `${path}/${entry.name}`)
  }
  const visit = (entry: Dirent, path: string) => {
    if (entry.isDirectory()) enter(path)
    else if (entry.isFile()) files.set(path, read(join(folder, path), path))
    else {
      throw new Refusal(
        `${path} should be an ordinary file or folder, but it is ${entry.isSymbolicLink() ? 'a link' : 'a device'}.`,
        'Put what it points to in its place, or move it out of src/ and test/.',
      )
    }
  }
  for (const entry of entriesOf(folder, '.')) {
    if (entry.name !== 'src' && entry.name !== 'test') continue
    if (entry.isFile()) {
      throw new Refusal(
        `${entry.name} should be a folder, but it is a file.`,
        'Rename it or move it away, then try again.',
      )
    }
    visit(entry, entry.name)
  }
  return { files, folders }
}

function entriesOf(disk: string, path: string): readonly Dirent[] {
  try {
    return readdirSync(disk, { withFileTypes: true })
  } catch (error) {
    throw cannotRead(path, error)
  }
}

function read(disk: string, path: string): Buffer {
  try {
    return readFileSync(disk)
  } catch (error) {
    throw cannotRead(path, error)
  }
}

function cannotRead(path: string, error: unknown): Refusal {
  return new Refusal(
    `${path} cannot be read (${reasonOf(error)}), so it could not be kept safe.`,
    'Make it readable, or move it out of src/ and test/, then try again.',
  )
}
