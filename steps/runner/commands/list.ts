import { chaptersOf } from '../course/chapters.ts'
import { about, minutesFor, partOf } from '../course/parts.ts'
import type { Command } from './command.ts'
import { lineOf } from '../terminal/step-picture.ts'
import { probablyAt } from '../workspace/standing.ts'
import { bold, dim, say } from '../terminal/print.ts'

/** `npm run step list`: the whole course by parts and chapters, a line a step, and how long doing it takes. */
export const list: Command = ({ course }) => {
  const here = probablyAt(course)
  const chapters = chaptersOf(course)
  for (const chapter of chapters) {
    const { number, title, steps } = chapter
    const part = partOf(course, chapter.slug)
    const minutes = minutesFor(course, chapter)
    if (part?.chapters[0]?.slug === chapter.slug) {
      say('', bold(`Part ${part.number} · ${part.title} · ${about(part.minutes)}`))
    }
    say(
      '',
      bold(`Chapter ${number} of ${chapters.length} · ${title}`) +
        (minutes === null ? '' : dim(` · ${about(minutes)}`)),
      ...steps.map((step) => lineOf(step, here)),
    )
  }
  say('', dim('Walk to one of them: npm run step N'), '')
  return 0
}
