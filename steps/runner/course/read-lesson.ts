import { isOneLine } from './one-line.ts'
import type { Problem } from './problem.ts'

export interface Lesson {
  /** What stands in the heading. */
  readonly title: string
  /** The whole Markdown, heading included. */
  readonly lesson: string
  readonly problems: readonly Omit<Problem, 'step'>[]
}

/** Reads a step's README, which is the lesson and nothing else. Never throws: what is wrong is named in `problems`. */
export function readLesson(text: string, where: string): Lesson {
  const lesson = text.replace(/^\uFEFF/, '').trim()
  const [first = ''] = lesson.split(/\r?\n/, 1)
  const title = first.startsWith('# ') ? first.slice(2).trim() : ''
  const problems: Omit<Problem, 'step'>[] = []
  if (title === '') {
    const what = 'it does not begin with a heading'
    const fix = 'begin it with "# " and the title; what is not the lesson belongs into step.yaml beside it'
    problems.push({ where, what, fix })
  } else if (!isOneLine(title)) {
    const what = 'its title holds control characters'
    problems.push({ where, what, fix: 'write it as one plain line' })
  }
  return { title, lesson, problems }
}
