import { chaptersOf } from '../course/chapters.ts'
import type { Command } from './command.ts'
import { lineOf } from '../terminal/step-picture.ts'
import { probablyAt } from '../workspace/standing.ts'
import { bold, dim, say } from '../terminal/print.ts'

/** `npm run step list`: the whole course, a line a step. */
export const list: Command = ({ course }) => {
  const here = probablyAt(course)
  const chapters = chaptersOf(course)
  for (const { number, title, steps } of chapters) {
    say(
      '',
      bold(`Chapter ${number} of ${chapters.length} · ${title}`),
      ...steps.map((step) => lineOf(step, here)),
    )
  }
  say('', dim('Walk to one of them: npm run step N'), '')
  return 0
}
