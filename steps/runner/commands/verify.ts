import type { Command } from './command.ts'
import { sayProof } from '../proof/proof-text.ts'
import { Refusal } from '../system/refusal.ts'
import { dim, say } from '../terminal/print.ts'
import { verify as prove } from '../proof/prove.ts'

const known = new Set(['tests', 'fresh'])

/**
 * `npm run step verify`: proves the whole course. `verify tests` leaves coverage, types and lint out; `verify fresh`
 * forgets what earlier proofs found.
 */
export const verify: Command = async ({ course, problems: damage, words }) => {
  const unknown = words.find((word) => !known.has(word))
  if (unknown !== undefined) {
    throw new Refusal(
      `"verify" takes the words tests and fresh, or nothing, but this came: ${unknown}`,
      'Type: npm run step verify, or: npm run step verify fresh',
    )
  }
  const proof = await prove(
    course,
    damage,
    words.includes('tests') ? 'tests' : 'everything',
    words.includes('fresh') ? { fresh: true } : {},
  )
  const status = sayProof(proof)
  if (status === 0 && proof.reused > 0) {
    const again = `${proof.reused} of these had run before, with the same bytes.`
    say(dim(again), dim('To forget what was found before: npm run step verify fresh'), '')
  }
  return status
}
