import type { Command } from './command.ts'
import { notCommitted } from '../authoring/uncommitted.ts'
import { numberedStep } from '../course/steps.ts'
import { Refusal } from '../system/refusal.ts'
import { cycleAt, lessonsNaming, removeSteps } from '../authoring/renumber.ts'
import { say } from '../terminal/print.ts'

/** `npm run step remove 24`: takes the cycle that begins at step 24 out; the later steps move up. */
export const remove: Command = ({ course, words }) => {
  const red = numberedStep(course, words, 'remove 24')
  if (red.phase !== 'red') {
    throw new Refusal(
      `Expected the red that a cycle begins with, but step ${red.number} is a ${red.phase}.`,
      'Type: npm run step list',
    )
  }
  const gone = cycleAt(course, red)
  const unkept = notCommitted(course, gone)
  if (unkept.length > 0) {
    throw new Refusal(
      `What git does not have would be gone for good: ${unkept.join(', ')}. Nothing was touched.`,
      'Commit it, or throw it away yourself, then try again: git status steps',
    )
  }
  removeSteps(course, gone)
  say('', 'Taken out, and the later steps moved up:', ...gone.map(({ folder }) => `· steps/${folder}`))
  const naming = lessonsNaming(course, red.number)
  if (naming.length > 0) say('', 'These named numbers that have changed (by their former folders):')
  say(...naming.map((path) => `· ${path}`))
  say(
    '',
    'git has what is gone. What the later steps still hold of it, the proof names:',
    'npm run step verify',
    '',
  )
  return 0
}
