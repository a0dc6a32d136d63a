import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { checked, writeFile } from '../system/write-file.ts'
import { nameOf, type Course, type Step } from '../course/read-course.ts'
import { readPosition } from '../workspace/position.ts'
import { Refusal } from '../system/refusal.ts'
import { git, gitBytes } from '../system/git.ts'
import { conflictIn, merge } from './three-way-merge.ts'

export interface Propagation {
  /** Paths from the root, with forward slashes. */
  readonly changed: readonly string[]
  /** At most one for each file of the step. */
  readonly conflicts: readonly Conflict[]
  /** Whether root `src/` and `test/` have it too: only when they are the last step. */
  readonly root: boolean
}

/** The edit and a later step want different things at one place. Both sides stand in the file, between marks. */
export interface Conflict {
  readonly path: string
  /** For a file in the root: the last step that holds it. */
  readonly step: Step
  readonly sides: string
}

/**
 * Replays what was edited in a step since the last commit onto every later step that holds the same file, and onto
 * `src/` and `test/`: a three-way merge each. A new file comes into `src/` and `test/` as it is. With each file it
 * stops at the first conflict. Replaying twice changes nothing more.
 *
 * @throws {Refusal} when git cannot say what was edited, or cannot merge.
 */
export function propagate(course: Course, from: Step): Propagation {
  if (git(course.root, ['rev-parse', '--verify', '--quiet', 'HEAD']).status !== 0) {
    throw new Refusal(
      'What you edited is what differs from the last commit, and git shows none here.',
      'Is git installed, and is this a clone with a commit? Look with: npm run step doctor',
    )
  }
  const position = readPosition(course)
  const root = position.kind === 'none' || (position.kind === 'at' && position.step === course.steps.at(-1))
  const done = [...from.files.keys()].map((file) => carryOn(course, from, file, root))
  return {
    changed: done.flatMap(({ changed }) => changed),
    conflicts: done.flatMap(({ conflict }) => conflict ?? []),
    root,
  }
}

interface Carried {
  readonly changed: readonly string[]
  readonly conflict?: Conflict
}

function carryOn(course: Course, from: Step, file: string, root: boolean): Carried {
  const changed: string[] = []
  let base = committed(course, from, file)
  let edited: Buffer = readFileSync(join(course.root, 'steps', from.folder, file))
  const unsolved = conflictIn(edited.toString('utf8'))
  if (unsolved !== '') {
    return { changed, conflict: { path: `steps/${from.folder}/${file}`, step: from, sides: unsolved } }
  }
  if (base === null) return { changed: root ? bringNew(course, from, file, edited) : [] }
  if (base.equals(edited)) return { changed }
  for (const { path, step } of laterPlaces(course, from, file, root)) {
    const before = readFileSync(checked({ root: course.root, path }))
    const { merged, conflicts } = merge(path, { ours: before, base, theirs: edited }, editComesFirst)
    if (!merged.equals(before)) {
      writeFile({ root: course.root, path }, merged)
      changed.push(path)
    }
    if (conflicts) return { changed, conflict: { path, step, sides: conflictIn(merged.toString('utf8')) } }
    base = committedIn(course, step, file) ?? before
    edited = merged
  }
  return { changed }
}

/** The edit is one of an earlier step, so its test comes first. */
const editComesFirst = { first: 'theirs', labels: ['what this step has', 'the edit'] } as const

/** A file that no step before had: the root has it too, unless a later step has a say in it. Answers what was written. */
function bringNew({ root, steps }: Course, from: Step, file: string, bytes: Buffer): readonly string[] {
  const later = steps.filter(({ number }) => number > from.number)
  if (later.some(({ files, contract }) => files.has(file) || contract.removes.includes(file))) return []
  const disk = checked({ root, path: file })
  if (existsSync(disk) && readFileSync(disk).equals(bytes)) return []
  writeFile({ root, path: file }, bytes)
  return [file]
}

interface LaterFile {
  readonly path: string
  /** For the file in the root: the last step that holds it. */
  readonly step: Step
}

/** Where the file stands after this step, up to a step that removes it. */
function laterPlaces(
  { root, steps }: Course,
  from: Step,
  file: string,
  withRoot: boolean,
): readonly LaterFile[] {
  const places: LaterFile[] = []
  for (const step of steps.filter(({ number }) => number > from.number)) {
    if (step.contract.removes.includes(file)) return places
    if (step.files.has(file)) places.push({ path: `steps/${step.folder}/${file}`, step })
  }
  if (withRoot && existsSync(join(root, file))) places.push({ path: file, step: places.at(-1)?.step ?? from })
  return places
}

/** The file as the last commit has it in this step, or else in the nearest step before; null when it is new. */
function committed(course: Course, until: Step, file: string): Buffer | null {
  const upTo = course.steps.filter(({ number }) => number <= until.number)
  for (const step of upTo.toReversed()) {
    const bytes = committedIn(course, step, file)
    if (bytes) return bytes
  }
  return null
}

/** The file as the last commit has it in this very step, whose number may have changed since; or null. */
function committedIn({ root }: Course, step: Step, file: string): Buffer | null {
  const listed = git(root, ['ls-tree', '--name-only', 'HEAD', 'steps/']).stdout.split('\n')
  const folder = listed.find((path) => path.replace(/^steps\/\d+-/, '') === nameOf(step))
  if (folder === undefined) return null
  const { status, stdout } = gitBytes(root, ['show', `HEAD:./${folder}/${file}`])
  return status === 0 ? stdout : null
}
