import { problemAt, type Problem } from '../../course/problem.ts'
import { textOf } from '../../test-runs/judge.ts'
import type { Evidence } from '../evidence.ts'

/** No error is left that no test caught, and that came up in an unknown state. */
export function* checkStrays({ strays }: Pick<Evidence, 'strays'>): Iterable<Problem> {
  const fix = 'look for a test that does not await what it starts, or for one that leaves something open'
  for (const thrown of strays) {
    yield problemAt(
      'steps',
      `an error that no test caught, in a step that is not known: ${textOf(thrown)}`,
      fix,
    )
  }
}
