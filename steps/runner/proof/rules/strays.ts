import type { Problem } from '../../course/problem.ts'
import { textOf } from '../../test-runs/judge.ts'
import type { Evidence } from '../evidence.ts'

/** No error is left that no test caught, and that came up in an unknown state. */
export const checkStrays = ({ strays }: Pick<Evidence, 'strays'>): readonly Problem[] =>
  strays.map((thrown) => ({
    where: 'steps',
    what: `an error that no test caught, in a step that is not known: ${textOf(thrown)}`,
    fix: 'look for a test that does not await what it starts, or for one that leaves something open',
  }))
