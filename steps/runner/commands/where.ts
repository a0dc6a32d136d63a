import type { Command } from './command.ts'
import { nextCommand } from '../terminal/next-command.ts'
import { ownWork } from '../workspace/own-work.ts'
import { expectationOf, pictureOf } from '../terminal/step-picture.ts'
import { readPosition, standingAt } from '../workspace/position.ts'
import { beside, say } from '../terminal/print.ts'

/** `npm run step`: where am I, and what now. Changes nothing and runs nothing. */
export const where: Command = ({ course }) => {
  const here = standingAt(course)
  const mine = ownWork(course, here)
  const fresh = readPosition(course).kind === 'fresh'
  say(
    '',
    ...pictureOf(course, here),
    ...expectationOf(here),
    ...beside(
      'Your work',
      mine.length === 0 ? "src/ and test/ are the course's own" : `you have changed ${mine.join(', ')}`,
    ),
    '',
    ...(fresh ? beside('Next', 'npm run step 1   (to begin at the beginning)') : nextCommand(course, here)),
    '',
  )
  return 0
}
