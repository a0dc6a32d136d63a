import type { Command } from './command.ts'
import { sayProof } from '../proof/proof-text.ts'
import { dim, say } from '../terminal/print.ts'
import { verify as prove } from '../proof/prove.ts'

/**
 * `npm run step verify`: proves the whole course. `verify tests` leaves coverage, types and lint out; `verify fresh`
 * forgets what earlier proofs found.
 */
export const verify: Command = async ({ course, problems: damage, words }) => {
  const scope = words.includes('tests') ? 'tests' : 'everything'
  const proof = await prove(course, damage, scope, words.includes('fresh') ? { fresh: true } : {})
  const status = sayProof(proof)
  if (status === 0 && proof.reused > 0) {
    const again = `${proof.reused} of these had run before, with the same code.`
    say(dim(again), dim('To forget what was found before: npm run step verify fresh'), '')
  }
  return status
}
