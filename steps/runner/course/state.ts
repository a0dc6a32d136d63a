import { onceEach } from '../system/once-each.ts'
import type { Course, Step } from './read-course.ts'

/** What `src/` and `test/` hold: path with forward slashes -> bytes. */
export type State = ReadonlyMap<string, Buffer>

/** A step together with what is there before it and after it. */
export interface Fold {
  readonly step: Step
  readonly before: State
  readonly after: State
}

/** Every step of the course in order, with its states. */
export const foldsOf = onceEach(({ steps }: Course): readonly Fold[] => {
  let before: State = new Map()
  return steps.map((step) => {
    const after = new Map(before)
    for (const path of step.contract.removes) after.delete(path)
    for (const [path, bytes] of step.files) after.set(path, bytes)
    const fold = { step, before, after }
    before = after
    return fold
  })
})

/** The fold of steps 1..`number` over nothing: what `src/` and `test/` hold at that step. Step 0 is the empty start. */
export const stateAt = (course: Course, number: number): State =>
  foldsOf(course).findLast(({ step }) => step.number <= number)?.after ?? new Map<string, Buffer>()

const isTest = (path: string) => path.startsWith('test/')

/** The test files of a state; what else is in `test/` serves them. */
export const testFilesOf = (state: State): readonly string[] =>
  [...state.keys()].filter((path) => /^test\/.*\.test\.ts$/.test(path)).toSorted()

/** What of a state lies in `src/`. */
export const sourcesOf = (state: State): State =>
  new Map([...state].filter(([path]) => path.startsWith('src/')))

/** The code of one state with the tests of another. */
export const joined = (code: State, tests: State): State =>
  new Map([...sourcesOf(code), ...[...tests].filter(([path]) => isTest(path))])

/** Whether two states hold the same files with the same bytes. */
export const sameBytes = (one: State, other: State): boolean =>
  one.size === other.size && [...one].every(([path, bytes]) => other.get(path)?.equals(bytes))

/** Whether a file has the same bytes in both, or is in neither. */
export const sameFile = (one: Buffer | undefined, other: Buffer | undefined): boolean =>
  one === other || (one !== undefined && other !== undefined && one.equals(other))

/** The paths at which two states are not the same. */
export const differing = (one: State, other: State): readonly string[] =>
  [...new Set([...one.keys(), ...other.keys()])].filter((path) => !sameFile(one.get(path), other.get(path)))

/** Every path, in a folder if one is given, that some step of the course writes: the only ones that a checkout may touch. */
export const ownedPaths = (course: Course, folder = ''): ReadonlySet<string> =>
  new Set(course.steps.flatMap(({ files }) => [...files.keys()].filter((path) => path.startsWith(folder))))
