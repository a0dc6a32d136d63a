import type { Command } from './command.ts'
import { numberedStep } from '../course/steps.ts'
import { walkTo } from '../workspace/walk-to.ts'

/** `npm run step 12`: the course's own step 12 into `src/` and `test/`. */
export const go: Command = ({ course, words }) => walkTo(course, numberedStep(course, words, '12'))
