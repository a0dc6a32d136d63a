import { readFileSync } from 'node:fs'
import { withSuffix, locationsOf, nameOf } from '../system/locations.ts'
import { checked, deleteFile, moveFile, replaceFile } from '../system/write-file.ts'
import { stepNamed, type Course, type Step } from '../course/read-course.ts'
import { isMapping } from '../system/read-json.ts'
import { Refusal, cannotWrite, reasonOf } from '../system/refusal.ts'

/** How many of each step's hints the learner has seen, by the folder that the step had then. */
export type HintsTaken = Readonly<Record<string, number>>

/** How many hints of this step the learner has seen, whatever its number was. */
export const takenOf = (course: Course, taken: HintsTaken, step: Step): number =>
  Math.max(
    0,
    ...Object.entries(taken).flatMap(([folder, count]) =>
      stepNamed(course, folder) === step ? [count] : [],
    ),
  )

/** @throws {Refusal} when they cannot be read: the file is set aside then, not thrown away. */
export function readHintsTaken(root: string): HintsTaken {
  const { hints } = locationsOf(root)
  const file = checked(hints)
  try {
    const taken: unknown = JSON.parse(readFileSync(file, 'utf8'))
    if (isHintsTaken(taken)) return taken
  } catch (error) {
    if (reasonOf(error) === 'ENOENT') return {}
  }
  const aside = withSuffix(hints, `.unreadable-${Date.now()}`)
  moveFile(hints, aside)
  throw new Refusal(
    `Which hints you have seen cannot be read: ${nameOf(hints)} is set aside as ${nameOf(aside)}.`,
    'To begin with the first hint again: npm run step hint',
  )
}

export function takeHint(root: string, taken: HintsTaken, step: Step, count: number): void {
  const { hints } = locationsOf(root)
  try {
    replaceFile(hints, `${JSON.stringify({ ...taken, [step.folder]: count }, null, 2)}\n`)
  } catch (error) {
    throw cannotWrite(`Which hints you have seen could not be written to ${nameOf(hints)}`, error)
  }
}

/** As if none had been seen. */
export function forgetHints(root: string): void {
  deleteFile(locationsOf(root).hints)
}

const isHintsTaken = (value: unknown): value is HintsTaken =>
  isMapping(value) && Object.values(value).every(Number.isInteger)
