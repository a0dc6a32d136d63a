import type { Command } from '../command.ts'
import { say } from '../terminal.ts'

/** `npm run step help`: what can be typed. */
export const help: Command = () => {
  say(
    '',
    'npm run step             where am I, what now',
    "npm run step 12          the course's own step 12 into src/ and test/, and judge it",
    'npm run step next        the step after this one; prev and last likewise',
    'npm run step list        the whole course, a line a step',
    'npm run step hint        one more hint for the step I am working on',
    'npm run step diff 12     what step 12 changed; without a number, what I have changed',
    'npm run step saves       every version of your work that was kept',
    'npm run step restore 3   bring save 3 back; without a number, the latest',
    'npm run step verify      prove the whole course (maintainers, CI)',
    '',
  )
  return 0
}
