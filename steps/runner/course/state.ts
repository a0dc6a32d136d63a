import type { Course } from './read-course.ts'

/** What `src/` and `test/` hold: path with forward slashes -> bytes. */
export type State = ReadonlyMap<string, Buffer>

/** The fold of steps 1..`number` over nothing: what `src/` and `test/` hold at that step. Step 0 is the empty start. */
export function stateAt(course: Course, number: number): State {
  const state = new Map<string, Buffer>()
  for (const step of course.steps) {
    if (step.number > number) break
    for (const path of step.contract.removes) state.delete(path)
    for (const [path, bytes] of step.files) state.set(path, bytes)
  }
  return state
}

/** Whether two states hold the same files with the same bytes. */
export function sameBytes(one: State, other: State): boolean {
  return one.size === other.size && [...one].every(([path, bytes]) => other.get(path)?.equals(bytes))
}

/** What of a state lies in `src/`. */
export const sourcesOf = (state: State): State =>
  new Map([...state].filter(([path]) => path.startsWith('src/')))

/** Whether a file has the same bytes in both, or is in neither. */
export const sameFile = (one: Buffer | undefined, other: Buffer | undefined): boolean =>
  one === other || (one !== undefined && other !== undefined && one.equals(other))

/** How many files of `test/` are not the same in two states. */
export function testsThatDiffer(one: State, other: State): number {
  const paths = [...new Set([...one.keys(), ...other.keys()])].filter((path) => path.startsWith('test/'))
  return paths.filter((path) => {
    const bytes = other.get(path)
    return bytes === undefined || !one.get(path)?.equals(bytes)
  }).length
}

/** Every path that some step of the course writes: the only ones that a checkout may write or delete. */
export function ownedPaths(course: Course): ReadonlySet<string> {
  return new Set(course.steps.flatMap((step) => [...step.files.keys()]))
}
