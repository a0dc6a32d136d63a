import type { Command } from './command.ts'
import { existing } from '../course/steps.ts'
import { walkTo } from '../workspace/walk-to.ts'

/** `npm run step last`: the finished course, as it was cloned. */
export const last: Command = ({ course }) => walkTo(course, existing(course.steps.at(-1)))
