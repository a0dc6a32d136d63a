import { problemIn, type Problem } from '../../course/problem.ts'
import type { Evidence } from '../evidence.ts'

/**
 * The tests of a green and a refactor leave nothing running that the state's own code made. It is ended after its last
 * test; otherwise it would act while another step's tests run, or not at all.
 */
export function* checkLeftovers({ leftovers }: Pick<Evidence, 'leftovers'>): Iterable<Problem> {
  const fix =
    'let the test that starts it end it: clear the timer, close the client or the server, take the listener away'
  for (const [folder, left] of leftovers) {
    yield problemIn({ folder }, '', `after its last test there is still ${left.join('; ')}`, fix)
  }
}
