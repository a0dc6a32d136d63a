import type { Command } from '../command.ts'
import { textOfProof } from '../proof-text.ts'
import { Refusal } from '../refusal.ts'
import { complain, say } from '../terminal.ts'
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
  const proof = await prove(course, damage, words.includes('tests') ? 'tests' : 'everything')
  if (proof.problems.length === 0) {
    say(...textOfProof(proof))
    return 0
  }
  complain(...textOfProof(proof))
  return 1
}
