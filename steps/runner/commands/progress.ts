import type { Command } from './command.ts'
import { progressIn } from '../authoring/branch-progress.ts'
import { Refusal } from '../system/refusal.ts'
import { bold, say } from '../terminal/print.ts'

/** `npm run step progress`: how far the branches are that this clone has fetched. */
export const progress: Command = ({ course }) => {
  const branches = progressIn(course)
  if (branches.length === 0) {
    throw new Refusal(
      'No branch has been fetched into this clone, so there is no progress to show.',
      'To have them: git fetch origin (or git fetch --all)',
    )
  }
  const longest = Math.min(30, Math.max(...branches.map(({ branch }) => branch.length)))
  const all = course.steps.filter(({ phase }) => phase === 'red').length
  say('')
  for (const { branch, step, tests, when } of branches) {
    const name = branch.length > longest ? `${branch.slice(0, longest - 1)}…` : branch.padEnd(longest)
    const far = step
      ? `${String(tests).padStart(3)} of ${all} tests · step ${step.number}`
      : '  nothing of the course'
    say(`${bold(name)}${far} · ${when}`)
  }
  say('')
  return 0
}
