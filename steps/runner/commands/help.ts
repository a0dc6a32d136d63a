import type { Command } from './command.ts'
import { say } from '../terminal/print.ts'

/** `npm run step help`: what can be typed. */
export const help: Command = () => {
  say(
    '',
    'npm run step             where am I, what now',
    "npm run step 12          the course's own step 12 into src/ and test/, and judge it",
    'npm run step next        go on with my code: bring the next test, or check mine first',
    'npm run step check       my work against the step I am working on',
    'npm run step watch       the same, on every save',
    'npm run step hint        one more hint for it',
    "npm run step solve       the course's answer for it",
    "npm run step prev        the course's step before this one; last: the finished course",
    'npm run step list        the whole course, a line a step',
    'npm run step diff 12     what step 12 changed; without a number, what I have changed',
    'npm run step saves       every version of your work that was kept',
    'npm run step restore 3   bring save 3 back; without a number, the latest',
    'npm run step progress    how far the branches are that you have fetched (team leads)',
    'npm run step doctor      is all that the course needs in place?',
    'npm run step verify      prove the whole course (maintainers, CI)',
    '',
  )
  return 0
}
