import type { Command } from './command.ts'
import { loadCourse } from '../course/read-course.ts'
import { sayProof } from '../proof/proof-text.ts'
import { propagate as replay } from '../authoring/propagate.ts'
import { numberedStep } from '../course/steps.ts'
import { complain, paint, say } from '../terminal/print.ts'
import { verify } from '../proof/prove.ts'

/**
 * `npm run step propagate 7`: replays an edit of step 7 onto every later step that holds the file. `propagate 7 8` does
 * so with both, and proves the course once.
 */
export const propagate: Command = async ({ course, words }) => {
  const steps = [words.slice(0, 1), ...words.slice(1).map((word) => [word])].map((word) =>
    numberedStep(course, word, 'propagate 7'),
  )
  const done = steps.map((step) => replay(course, step))
  const changed = done.flatMap((one) => one.changed)
  const conflicts = done.flatMap((one) => one.conflicts)
  const root = done.every((one) => one.root)
  say('', changed.length === 0 ? 'Nothing was carried on.' : 'Carried on into:')
  say(...changed.map((path) => `· ${path}`))
  if (!root) {
    say(
      '',
      'Not into src/ and test/, since you do not stand at the last step. They follow',
      'with: npm run step last',
    )
  }
  for (const { path, step, sides } of conflicts) {
    const next = path.startsWith('steps/') ? `npm run step propagate ${step.number}` : 'npm run step verify'
    complain(
      '',
      `${paint('red', '✗')} ${path}: both sides changed the same place.`,
      '',
      ...sides.split('\n'),
      '',
      'Make it right in that file, and delete the lines with the marks.',
      `Type then: ${next}`,
    )
  }
  if (conflicts.length > 0) {
    complain('')
    return 1
  }
  const now = loadCourse(course.root)
  return sayProof(await verify(now.course, now.problems, 'everything'))
}
