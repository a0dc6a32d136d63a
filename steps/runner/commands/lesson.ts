import type { Command } from './command.ts'
import { numberedStep } from '../course/steps.ts'
import { renderMarkdown } from '../terminal/render-markdown.ts'
import { dim, say } from '../terminal/print.ts'
import { standingAt } from '../workspace/standing.ts'

/** `npm run step lesson 12`: the lesson of step 12; without a number, of the step where I am. */
export const lesson: Command = async ({ course, words }) => {
  const step = words[0] === undefined ? await standingAt(course) : numberedStep(course, words, 'lesson 4')
  say(...renderMarkdown(step.lesson), '', dim(`steps/${step.folder}/README.md`), '')
  return 0
}
