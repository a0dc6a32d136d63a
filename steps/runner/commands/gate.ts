import type { Command } from './command.ts'
import { loadCourse } from '../course/read-course.ts'
import { gate as pass, type Passage } from '../gate/gate.ts'
import { standingAt } from '../workspace/position.ts'
import { proofFolder } from '../test-runs/lay-out-states.ts'
import { Refusal } from '../system/refusal.ts'
import { checkOutIndex } from '../gate/checkout-index.ts'
import { complain, paint, say } from '../terminal/print.ts'

/**
 * `npm run gate`: may what stands here be committed? `staged` asks it of what git is about to commit, and proves the
 * course when that changes it; the hook does so.
 */
export const gate: Command = async ({ course, problems, words }) => {
  const unknown = words.find((word) => word !== 'staged')
  if (unknown !== undefined) {
    throw new Refusal(
      `"gate" takes the word staged, or nothing, but this came: ${unknown}`,
      'Type: npm run gate',
    )
  }
  const position = standingAt(course)
  const folder = proofFolder(course)
  if (!words.includes('staged')) {
    return told(await pass({ course, damage: problems, step: position, proof: false, proofFolder: folder }))
  }
  using staged = checkOutIndex(course.root)
  // Git tells a hook which repository and index it works for; what the tests do with git is their own affair.
  for (const name of Object.keys(process.env)) if (name.startsWith('GIT_')) delete process.env[name]
  const arriving = loadCourse(staged.root)
  const atLast = position === course.steps.at(-1)
  const step = atLast
    ? arriving.course.steps.at(-1)
    : arriving.course.steps.find(({ folder: name }) => name === position.folder)
  return told(
    await pass({
      course: arriving.course,
      damage: arriving.problems,
      step: step ?? position,
      proof: staged.changed.some((path) => path.startsWith('steps/')),
      proofFolder: folder,
    }),
  )
}

/** At most this many lines of each finding: the command to type shows them all. */
const shown = 12

function told({ rule, findings }: Passage): number {
  const failed = findings.filter(({ wrong }) => wrong.length > 0)
  if (failed.length === 0) {
    say(`${paint('green', '✓')} gate · ${rule}`)
    return 0
  }
  complain(`${paint('red', '✗')} gate · ${rule}`)
  for (const { check, wrong, mend } of failed) {
    const more = wrong.length - shown
    complain('', `✗ ${check}`, ...wrong.slice(0, shown).map((line) => `  ${line}`))
    if (more > 0) complain(`  … and ${more} more`)
    complain(`  To mend: ${mend}`)
  }
  complain('')
  return 1
}
