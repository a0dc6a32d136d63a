import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync, type Dirent } from 'node:fs'
import { dirname, join, relative, sep } from 'node:path'
import type { Course } from '../course/read-course.ts'
import type { State } from '../course/state.ts'

/** Where the states of the course stand side by side while it is proven: inside the repository, for its packages. */
export const proofFolder = (course: Course): string => join(course.root, '.course', 'proof')

/**
 * Makes the folder hold these states, each in a folder of its name, and no others. Only differing bytes are written.
 *
 * @param needed names of the states that will be looked at; the rest may stand there as they were
 */
export function layOut(
  folder: string,
  states: ReadonlyMap<string, State>,
  needed: Iterable<string> = states.keys(),
): void {
  mkdirSync(folder, { recursive: true })
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    if (entry.isDirectory() && !states.has(entry.name)) rmSync(join(folder, entry.name), { recursive: true })
  }
  for (const name of needed) layOutState(join(folder, name), states.get(name) ?? new Map())
}

function layOutState(folder: string, state: State): void {
  const present = new Set(filesIn(folder))
  for (const path of present) if (!state.has(path)) rmSync(join(folder, path))
  for (const [path, bytes] of state) {
    const disk = join(folder, path)
    if (present.has(path)) {
      if (readFileSync(disk).equals(bytes)) continue
    } else mkdirSync(dirname(disk), { recursive: true })
    writeFileSync(disk, bytes)
  }
}

/** Every file below, with forward slashes. */
function filesIn(folder: string): readonly string[] {
  let entries: readonly Dirent[]
  try {
    entries = readdirSync(folder, { recursive: true, withFileTypes: true })
  } catch {
    return [] // Not there yet.
  }
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).replaceAll(sep, '/'))
}
