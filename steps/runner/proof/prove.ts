import type { Problem } from '../course/problem.ts'
import type { Course } from '../course/read-course.ts'
import { readTree } from '../course/read-tree.ts'
import { underCi } from '../system/under-ci.ts'
import { complain, dim } from '../terminal/print.ts'
import { proofFolder, type ProofFolder } from '../test-runs/lay-out-states.ts'
import { inTurn } from '../workspace/lock.ts'
import { hasToBeLast } from '../workspace/standing.ts'
import { forget } from './cache.ts'
import { withDocuments } from './documents.ts'
import type { Proof, Scope } from './proof.ts'
import { proveStates } from './prove-states.ts'

interface How {
  /** Where to put what it makes. */
  readonly folder?: ProofFolder
  /** Whether to forget what earlier proofs found. By default under CI, where nothing is left to luck. */
  readonly fresh?: boolean
  /** Whether the documents are compared with what commands print, where they can be. */
  readonly documents?: boolean
}

/**
 * Proves the states of the course, and that what is in the repository beside them follows from them: root `src/` and
 * `test/`, the README and `docs/`.
 *
 * @param damage what was found wrong while reading the course
 */
export async function verify(
  course: Course,
  damage: readonly Problem[],
  scope: Scope,
  { folder = proofFolder(course), fresh = underCi(), documents = scope === 'everything' }: How = {},
): Promise<Proof> {
  const { files } = readTree(course.root)
  const root = hasToBeLast(course, files) ? files : null
  const proof = await inTurn(folder.lock, sayWaiting, () => {
    if (fresh) forget(folder.found)
    return proveStates(course, damage, { scope, folder, root })
  })
  // Elsewhere than at the last step commands print something else.
  return documents && root ? withDocuments(course, proof) : proof
}

const sayWaiting = (holder: number) =>
  complain(dim(`Another proof is at work here (process ${holder}): this one begins when that has ended.`))
