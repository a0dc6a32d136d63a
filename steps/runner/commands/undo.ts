import type { Command } from './command.ts'
import { Refusal } from '../system/refusal.ts'
import { takeBack } from '../workspace/checkout.ts'
import { readBefore } from '../workspace/last-change.ts'
import { arriveAt } from '../workspace/walk-to.ts'

/** `npm run step undo`: takes back the last command that wrote files. Twice is as if never typed. */
export const undo: Command = ({ course }) => {
  const before = readBefore(course)
  if (!before) {
    throw new Refusal(
      'There is nothing to take back: no command has written over src/ or test/ here.',
      'Earlier versions of your work: npm run step saves',
    )
  }
  return arriveAt(course, before.step, takeBack(course, before))
}
