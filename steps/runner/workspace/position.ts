import { copyFileSync, existsSync, readFileSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { replaceFile, writeFile } from '../system/write-file.ts'
import { stepNamed, type Course, type Step } from '../course/read-course.ts'
import { Refusal, reasonOf } from '../system/refusal.ts'

/** Where the learner stands. */
export type Position =
  /** No position was ever written (a fresh clone): root `src/` and `test/` are the last step. */
  | { readonly kind: 'fresh'; readonly step: Step }
  | {
      readonly kind: 'at'
      readonly step: Step
      /** The save that holds the learner's own version with which they came here; null when it was the course's. */
      readonly began: string | null
    }
  /** A walk was cut short (power, Ctrl-C): some files may be of one step, some of the other. */
  | { readonly kind: 'between'; readonly from: Step | null; readonly to: Step }
  | { readonly kind: 'unreadable'; readonly why: string }

export const positionFile = '.course/position.json'

/** @throws {Refusal} for a course without steps. */
export function readPosition(course: Course): Position {
  const last = course.steps.at(-1)
  if (!last) throw new Refusal('The course has no steps.', 'Bring them back: git checkout -- steps')
  let text: string
  try {
    text = readFileSync(join(course.root, positionFile), 'utf8')
  } catch (error) {
    if (reasonOf(error) === 'ENOENT') return { kind: 'fresh', step: last }
    return { kind: 'unreadable', why: reasonOf(error) }
  }
  try {
    const said: unknown = JSON.parse(text)
    if (said === null || typeof said !== 'object') return { kind: 'unreadable', why: 'it holds no position' }
    const step = 'step' in said ? stepSaid(course, said.step) : undefined
    if ('to' in said) {
      const to = stepSaid(course, said.to)
      if (to) return { kind: 'between', from: step ?? null, to }
    }
    if (step) {
      return {
        kind: 'at',
        step,
        began: 'began' in said && typeof said.began === 'string' ? said.began : null,
      }
    }
    return { kind: 'unreadable', why: 'it names no step of this course' }
  } catch {
    return { kind: 'unreadable', why: 'it is not JSON' }
  }
}

/** The step that is known to stand in `src/` and `test/`, or null. */
export function stepOf(position: Position): Step | null {
  if (position.kind === 'unreadable') return null
  return position.kind === 'between' ? position.from : position.step
}

/**
 * The step at which the learner stands, for commands that start from it.
 *
 * @throws {Refusal} when that is not known.
 */
export function standingAt(course: Course): Step {
  const position = readPosition(course)
  if (position.kind === 'fresh' || position.kind === 'at') return position.step
  if (position.kind === 'between') {
    throw new Refusal(
      `The walk to step ${position.to.number} was cut short.`,
      `To finish it: npm run step ${position.to.number}`,
      ...(position.from ? [`To go back: npm run step ${position.from.number}`] : []),
    )
  }
  throw new Refusal(
    `Where you stand is not known: ${positionFile} cannot be read (${position.why}). Nothing was changed.`,
    'Say where to go: npm run step N (npm run step list shows the steps).',
    'The file is set aside then, and src/ and test/ are saved first.',
  )
}

export interface Walk {
  /** The walk is done: the learner stands at the step they walked to. */
  readonly arrive: () => void
  /** The walk failed and its changes are undone: the position is again what it was. */
  readonly abandon: () => void
  /** Where a position that could not be read has been put, from the root of the repository. */
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
  const path = join(course.root, positionFile)
  const [arrived, back] = [`${path}.${process.pid}.arrived`, `${path}.${process.pid}.back`]
  const setAside = position.kind === 'unreadable' ? `${positionFile}.unreadable-${Date.now()}` : null
  const tidy = () => {
    for (const one of [arrived, back]) rmSync(one, { force: true })
  }
  attempt(() => {
    try {
      writeFile(arrived, text({ step: to.folder, began }))
      if (position.kind === 'unreadable') renameSync(path, join(course.root, setAside ?? ''))
      else if (position.kind !== 'fresh') copyFileSync(path, back)
      replaceFile(path, text({ step: stepOf(position)?.folder, to: to.folder }))
    } catch (error) {
      tidy()
      if (setAside !== null && !existsSync(path)) renameSync(join(course.root, setAside), path)
      throw error
    }
  })
  return {
    setAside,
    arrive: () => {
      attempt(() => renameSync(arrived, path))
      tidy()
    },
    abandon: () => {
      if (setAside !== null) renameSync(join(course.root, setAside), path)
      else if (position.kind === 'fresh') rmSync(path, { force: true })
      else renameSync(back, path)
      tidy()
    },
  }
}

interface Said {
  readonly step?: string | undefined
  readonly to?: string
  readonly began?: string | undefined
}

const text = (said: Said) => `${JSON.stringify(said)}\n`

function attempt(change: () => void): void {
  try {
    change()
  } catch (error) {
    throw new Refusal(
      `The position in ${positionFile} could not be written (${reasonOf(error)}).`,
      'Is the disk full, or the folder read-only? Make it writable, then try again.',
    )
  }
}

const stepSaid = (course: Course, said: unknown) =>
  typeof said === 'string' ? stepNamed(course, said) : undefined
