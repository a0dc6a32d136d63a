import type { Problem } from './problem.ts'

export interface Lesson {
  /** What stands in the heading. */
  readonly title: string
  /** The whole Markdown, heading included. */
  readonly lesson: string
  readonly problems: readonly Problem[]
}

/** Reads a step's README, which is the lesson and nothing else. Never throws: what is wrong is named in `problems`. */
export function readLesson(text: string, where: string): Lesson {
  const lesson = text.replace(/^\uFEFF/, '').trim()
  const title = /^# +(?<title>.*\S)/.exec(lesson)?.groups?.['title'] ?? ''
  const what = 'it does not begin with a heading'
  const mend = 'begin it with "# " and the title; what is not the lesson belongs into step.yaml beside it'
  return { title, lesson, problems: title === '' ? [{ where, what, mend }] : [] }
}
