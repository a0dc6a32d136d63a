import type { Command } from '../command.ts'
import { numberedStep } from '../numbered-step.ts'
import { Refusal } from '../refusal.ts'
import { insertCycle, lessonsNaming } from '../renumber.ts'
import { say } from '../terminal.ts'

/** `npm run step insert 24 a-slug`: a draft of a red and a green before step 24; the later steps move on by two. */
export const insert: Command = ({ course, words }) => {
  const before = numberedStep(course, words, 'insert 24 ten-at-once')
  const [, slug = ''] = words
  if (!/^[a-z0-9]+(?:-[a-z0-9]+)*$/.test(slug)) {
    throw new Refusal(
      `Expected a name of small letters, digits and hyphens, but ${slug === '' ? 'nothing' : `"${slug}"`} came.`,
      `Type, for example: npm run step insert ${before.number} ten-at-once`,
    )
  }
  if (before.phase !== 'red') {
    throw new Refusal(
      `Expected a red, but step ${before.number} is a ${before.phase}: a new cycle begins before a red.`,
      'Type: npm run step list',
    )
  }
  const folders = insertCycle(course, before, slug)
  say('', 'To be written:', ...folders.map((folder) => `· steps/${folder}/README.md`))
  const naming = lessonsNaming(course, before.number)
  if (naming.length > 0) say('', 'These named numbers that have changed (by their former folders):')
  say(...naming.map((path) => `· ${path}`))
  say('', 'When both have their files, carry the green on: npm run step propagate', '')
  return 0
}
