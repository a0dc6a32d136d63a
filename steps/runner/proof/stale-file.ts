import type { Problem } from '../course/problem.ts'
import type { Course } from '../course/read-course.ts'
import { writeFile } from '../system/write-file.ts'

/** A file that can be made from the course and what its commands print, and is not as it should be. */
export interface StaleFile {
  /** From the root, with forward slashes. */
  readonly path: string
  /** All that should be in it; null when only a person can help. */
  readonly text: string | null
  readonly problems: readonly Problem[]
  /** Those of them that are still there when it has been written anew. */
  readonly byHand: readonly Problem[]
}

/** Writes it anew, unless only a person can. */
export function renew({ root }: Pick<Course, 'root'>, { path, text }: StaleFile): void {
  if (text !== null) writeFile({ root, path }, text)
}
