import { readFileSync } from 'node:fs'
import { withSuffix, isThere, locationsOf, nameOf } from '../system/locations.ts'
import { checked, deleteFile, keepFile, moveFile, replaceFile, writeFile } from '../system/write-file.ts'
import { stepNamed, type Course, type Step } from '../course/read-course.ts'
import { checkedOut } from '../system/checked-out.ts'
import { isMapping } from '../system/read-json.ts'
import { cannotWrite, reasonOf } from '../system/refusal.ts'

/** What is remembered of where the learner stands: it breaks ties and no more, see standing.ts. */
export type Position =
  /** Nothing was ever written (a fresh clone). */
  | { readonly kind: 'none' }
  | {
      readonly kind: 'at'
      readonly step: Step
      /** The save that holds the learner's own version with which they came here; null when it was the course's. */
      readonly began: string | null
      /** What git had checked out then, see checkedOut; null when git was no help. */
      readonly branch: string | null
      /** For which tests the learner has said that it is this step (`at 25`), though others are nearer; or null. */
      readonly tests: string | null
    }
  /** A walk was cut short (power, Ctrl-C): some files may be of one step, some of the other. */
  | {
      readonly kind: 'between'
      readonly from: Step | null
      readonly to: Step
      readonly branch: string | null
    }
  | { readonly kind: 'unreadable'; readonly why: string }

export function readPosition(course: Course): Position {
  let text: string
  try {
    text = readFileSync(checked(locationsOf(course.root).position), 'utf8')
  } catch (error) {
    if (reasonOf(error) === 'ENOENT') return { kind: 'none' }
    return { kind: 'unreadable', why: reasonOf(error) }
  }
  try {
    const said: unknown = JSON.parse(text)
    if (!isMapping(said)) return { kind: 'unreadable', why: 'it holds no position' }
    const fact = (name: keyof Said) => {
      const value = said[name]
      return typeof value === 'string' ? value : null
    }
    const stepIn = (name: 'step' | 'to') => stepNamed(course, fact(name) ?? '')
    const [step, to, branch] = [stepIn('step'), stepIn('to'), fact('branch')]
    if (to) return { kind: 'between', from: step ?? null, to, branch }
    if (step) return { kind: 'at', step, began: fact('began'), branch, tests: fact('tests') }
    return { kind: 'unreadable', why: 'it names no step of this course' }
  } catch {
    return { kind: 'unreadable', why: 'it is not JSON' }
  }
}

export interface Walk {
  /** The walk is done: the learner stands at the step they walked to. */
  readonly arrive: () => void
  /** The walk failed and its changes are undone: the position is again what it was. */
  readonly abandon: () => void
  /** Where a position that could not be read has been put. */
  readonly setAside: string | null
}

/**
 * Remembers that a walk begins, so that one cut short is noticed. A position that cannot be read is set aside first.
 * How it may end is written down before it begins: from then on nothing needs room on the disk.
 *
 * @param began the save that holds the learner's own version with which they come, if it is theirs
 * @throws {Refusal} when the position cannot be written, and then it is what it was.
 */
export function beginWalk(course: Course, position: Position, to: Step, began?: string): Walk {
  const file = locationsOf(course.root).position
  const branch = checkedOut(course.root)
  const from = position.kind === 'at' ? position.step : position.kind === 'between' ? position.from : null
  const [arrived, back] = [
    withSuffix(file, `.${process.pid}.arrived`),
    withSuffix(file, `.${process.pid}.back`),
  ]
  const aside = position.kind === 'unreadable' ? withSuffix(file, `.unreadable-${Date.now()}`) : null
  const tidy = () => {
    for (const one of [arrived, back]) deleteFile(one)
  }
  attempt(course.root, () => {
    try {
      writeFile(arrived, text({ step: to.folder, began, branch }))
      if (aside !== null) moveFile(file, aside)
      else if (position.kind !== 'none') keepFile(file, back)
      replaceFile(file, text({ step: from?.folder, to: to.folder, branch }))
    } catch (error) {
      tidy()
      if (aside !== null && !isThere(file)) moveFile(aside, file)
      throw error
    }
  })
  return {
    setAside: aside && nameOf(aside),
    arrive: () => {
      attempt(course.root, () => moveFile(arrived, file))
      tidy()
    },
    abandon: () => {
      if (aside !== null) moveFile(aside, file)
      else if (position.kind === 'none') deleteFile(file)
      else moveFile(back, file)
      tidy()
    },
  }
}

/**
 * Remembers where the learner stands without writing a file of theirs. A position that cannot be read is set aside first;
 * answers where, or null.
 *
 * @throws {Refusal} when it cannot be written, and then it is what it was.
 */
export function remember(
  course: Course,
  step: Step,
  more: { readonly began?: string | null; readonly tests?: string | null } = {},
): string | null {
  const file = locationsOf(course.root).position
  const unreadable = readPosition(course).kind === 'unreadable'
  const aside = unreadable ? withSuffix(file, `.unreadable-${Date.now()}`) : null
  attempt(course.root, () => {
    if (aside !== null) moveFile(file, aside)
    const branch = checkedOut(course.root)
    replaceFile(file, text({ step: step.folder, began: more.began, branch, tests: more.tests }))
  })
  return aside && nameOf(aside)
}

type Said = { readonly [name in 'step' | 'to' | 'began' | 'branch' | 'tests']?: string | null | undefined }

/** Without what is not known. */
const text = (said: Said) => `${JSON.stringify(said, (_, value: unknown) => value ?? undefined)}\n`

function attempt(root: string, change: () => void): void {
  try {
    change()
  } catch (error) {
    throw cannotWrite(`The position in ${nameOf(locationsOf(root).position)} could not be written`, error)
  }
}
