import { readdirSync, readFileSync } from 'node:fs'
import { basename, dirname } from 'node:path'
import type { Course } from '../course/read-course.ts'
import type { State } from '../course/state.ts'
import { below, withSuffix, diskOf, locationsOf, type Location } from '../system/locations.ts'
import { deleteFile, deleteFolder, filesBelow, makeOwnFolder, writeFile } from '../system/write-file.ts'

/** Where a proof puts what it makes. */
export interface ProofFolder {
  /** On this disk: the states of the course side by side. Inside the repository, for its packages. */
  readonly states: string
  /** What was found, for the next proof. */
  readonly found: Location
  /** One proof at a time. */
  readonly lock: Location
}

export function proofFolder({ root }: Course): ProofFolder {
  const { scratch, proof } = locationsOf(root)
  const states = below(scratch, 'proof')
  return { states: diskOf(states), found: proof, lock: withSuffix(states, '.lock') }
}

/**
 * Makes the folder hold these states, each in a folder of its name, and no others. Only differing bytes are written.
 *
 * @param needed names of the states that will be looked at; the rest may stand there as they were
 * @throws {Refusal} when something is there that is not ours, or a link
 */
export function layOut(
  folder: string,
  states: ReadonlyMap<string, State>,
  needed: Iterable<string> = states.keys(),
): void {
  // That neither `.course` nor the folder in it is a link is looked at as well.
  const here = { root: dirname(dirname(folder)), path: `${basename(dirname(folder))}/${basename(folder)}` }
  makeOwnFolder(here)
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    if (entry.isDirectory() && !states.has(entry.name)) deleteFolder(below(here, entry.name))
  }
  for (const name of needed) layOutState(below(here, name), states.get(name) ?? new Map())
}

function layOutState(folder: Location, state: State): void {
  const present = new Set(filesBelow(folder))
  for (const path of present) if (!state.has(path)) deleteFile(below(folder, path))
  for (const [path, bytes] of state) {
    const file = below(folder, path)
    if (present.has(path) && readFileSync(diskOf(file)).equals(bytes)) continue
    writeFile(file, bytes)
  }
}
