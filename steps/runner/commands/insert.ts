import type { Command } from './command.ts'
import { numberedStep } from '../course/steps.ts'
import { Refusal } from '../system/refusal.ts'
import { insertCycle, lessonsNaming } from '../authoring/renumber.ts'
import { say } from '../terminal/print.ts'

/**
 * `npm run step insert 24 a-slug`: drafts of a red and a green before step 24; the later steps move on by two. With the
 * number after the last step, they come at the end.
 */
export const insert: Command = ({ course, words }) => {
  const [typed, slug = ''] = words
  const end = course.steps.length + 1
  const before = typed === String(end) ? null : numberedStep(course, words, 'insert 24 ten-at-once', end)
  const number = before?.number ?? end
  if (!/^[a-z0-9]+(?:-[a-z0-9]+)*$/.test(slug)) {
    throw new Refusal(
      `Expected a name of small letters, digits and hyphens, but ${slug === '' ? 'nothing' : `"${slug}"`} came.`,
      `Type, for example: npm run step insert ${number} ten-at-once`,
    )
  }
  if (before && before.phase !== 'red') {
    throw new Refusal(
      `Expected a red, but step ${number} is a ${before.phase}: a new cycle begins before a red.`,
      'Type: npm run step list',
    )
  }
  const taken = course.steps.find(({ phase, slug: other }) => phase !== 'refactor' && other === slug)
  if (taken) {
    throw new Refusal(
      `Expected a name that no cycle has, but step ${taken.number} is called ${slug}.`,
      'Learners keep their place by it, whatever its number.',
    )
  }
  const written = insertCycle(course, number, slug)
  say('', 'To be written:', ...written.map((path) => `· ${path}`))
  const naming = lessonsNaming(course, number)
  if (naming.length > 0) say('', 'These named numbers that have changed (by their former folders):')
  say(...naming.map((path) => `· ${path}`))
  say('', 'When they are written, carry them on:', `npm run step propagate ${number} ${number + 1}`, '')
  return 0
}
