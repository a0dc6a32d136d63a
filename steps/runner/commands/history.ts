import { resolve } from 'node:path'
import type { Command } from './command.ts'
import { everyStep, passingSteps, writeHistory } from '../authoring/history.ts'
import { Refusal } from '../system/refusal.ts'
import { badge, say } from '../terminal/print.ts'

/** `npm run step history FOLDER`: the course as a Git repository of its own, one commit a step. */
export const history: Command = ({ course, words }) => {
  const [folder] = words
  if (folder === undefined) {
    throw new Refusal(
      'Expected the folder to write the history to, but nothing came.',
      'Type: npm run step history ../course.git',
    )
  }
  const { commits, head } = writeHistory(course, resolve(process.env['INIT_CWD'] ?? '.', folder))
  say(
    '',
    `${badge('green')} ${commits} commits on ${everyStep}, the last is ${head.slice(0, 12)}`,
    '',
    `· ${everyStep} has every step, each with a tag of its name;`,
    `· ${passingSteps} has the greens and refactors, with tags ${passingSteps}/…:`,
    '  git bisect start BAD GOOD, then git bisect run npm test',
    '',
    'Clone it, then at any tag: npm ci && npm test',
    '',
  )
  return 0
}
