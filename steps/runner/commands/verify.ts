import type { Command } from '../command.ts'
import { Refusal } from '../refusal.ts'
import { badge, complain, paint, say, wrap } from '../terminal.ts'
import { verify as prove } from '../verify.ts'

/** `npm run step verify`: proves the whole course. `verify tests` leaves coverage, types and lint out. */
export const verify: Command = async ({ course, problems: damage, words }) => {
  const unknown = words.find((word) => word !== 'tests')
  if (unknown !== undefined) {
    throw new Refusal(
      `"verify" takes the word tests, or nothing, but this came: ${unknown}`,
      'Type: npm run step verify, or: npm run step verify tests',
    )
  }
  const { problems, proven } = await prove(course, damage, words.includes('tests') ? 'tests' : 'everything')
  if (problems.length === 0) {
    say('', `${badge('green')} The course is proven:`, '')
    say(...proven.flatMap((one) => listed('·', one)), '')
    return 0
  }
  complain(
    '',
    `${paint('red', '✗')} ${problems.length === 1 ? '1 problem' : `${problems.length} problems`} in the course:`,
  )
  for (const { where, what, mend } of problems) {
    complain('', ...listed('✗', where), ...indented(what), ...indented(`Mend: ${mend}`))
  }
  complain('')
  return 1
}

const indented = (text: string) => wrap(text, 74).map((line) => `  ${line}`)

function listed(bullet: string, text: string): readonly string[] {
  const [first = '', ...more] = wrap(text, 74)
  return [`${bullet} ${first}`, ...more.map((line) => `  ${line}`)]
}
