import type { Command } from './command.ts'
import { loadCourse, type Course } from '../course/read-course.ts'
import { gate as pass, type Passage } from '../gate/gate.ts'
import { acceptedTests } from '../workspace/own-tests.ts'
import { checkTrackedFiles } from '../gate/tracked-files.ts'
import { proofFolder } from '../test-runs/lay-out-states.ts'
import { checkOutIndex, type IndexCheckout } from '../gate/checkout-index.ts'
import { readTree } from '../course/read-tree.ts'
import { stateAt } from '../course/state.ts'
import { complain, paint, say } from '../terminal/print.ts'

/**
 * `npm run gate`: may what stands here be committed? `staged` asks it of what git is about to commit, and proves the
 * course when that changes it; the hook does so.
 */
export const gate: Command = async ({ course, problems, words }) => {
  // First: to run what is tracked there is to write where a link leads.
  const tracked = checkTrackedFiles(course.root)
  if (tracked.some(({ wrong }) => wrong.length > 0)) {
    return told({ rule: 'what may be in the repository', results: tracked })
  }
  const common = { proofFolder: proofFolder(course) }
  if (!words.includes('staged')) {
    const isOwn = acceptedTests(course, readTree(course.root).files)
    return told(await pass({ course, damage: problems, changed: [], mayBeCourses: true, isOwn, ...common }))
  }
  using staged = checkOutIndex(course.root)
  const { changed } = staged
  // Git tells a hook which repository and index it works for; what the tests do with git is their own affair.
  for (const name of Object.keys(process.env)) if (name.startsWith('GIT_')) delete process.env[name]
  const { course: arriving, problems: damage } = loadCourse(staged.root)
  const isOwn = acceptedTests(arriving, readTree(staged.root).files, course.root)
  const mayBeCourses = followsLast(arriving, staged)
  return told(await pass({ course: arriving, damage, changed, mayBeCourses, isOwn, ...common }))
}

/**
 * Whether the commit before has the last step in `src/` and `test/`, byte for byte: then what follows may be a change of
 * the course. A learner's own code has left it long ago.
 */
function followsLast(course: Course, { root, changed, before }: IndexCheckout): boolean {
  const now = readTree(root).files
  const last = stateAt(course, Infinity)
  return [...new Set([...last.keys(), ...now.keys(), ...changed.filter(inTree)])].every((path) => {
    const was = changed.includes(path) ? before(path) : (now.get(path) ?? null)
    // A first commit has nothing before it.
    const theirs = last.get(path)
    return was === null ? changed.includes(path) : (theirs?.equals(was) ?? false)
  })
}

const inTree = (path: string) => /^(?:src|test)\//.test(path)

/** At most this many lines of each finding: the command to type shows them all. */
const shown = 12

function told({ rule, results }: Passage): number {
  const failed = results.filter(({ wrong }) => wrong.length > 0)
  if (failed.length === 0) {
    say(`${paint('green', '✓')} gate · ${rule}`)
    return 0
  }
  complain(`${paint('red', '✗')} gate · ${rule}`)
  for (const { check, wrong, fix } of failed) {
    const more = wrong.length - shown
    complain('', `✗ ${check}`, ...wrong.slice(0, shown).map((line) => `  ${line}`))
    if (more > 0) complain(`  … and ${more} more`)
    complain(`  To fix: ${fix}`)
  }
  complain('')
  return 1
}
