import type { Problem } from '../course/problem.ts'
import type { Course } from '../course/read-course.ts'

/** What every command is given. */
export interface Session {
  readonly course: Course
  /** What is wrong with the course's folders and contracts: empty for commands that do not work on a damaged course. */
  readonly problems: readonly Problem[]
  /** What was typed after the command's own word. */
  readonly words: readonly string[]
}

/** A command prints what it has to say and answers with the exit code: 0, or 1 when what was asked did not come true. */
export type Command = (session: Session) => number | Promise<number>
