import type { Problem } from '../../course/problem.ts'
import type { Evidence } from '../evidence.ts'

/**
 * The tests of a green and a refactor leave nothing running that the state's own code made. It is ended after its last
 * test; otherwise it would act while another step's tests run, or not at all.
 */
export const checkLeftovers = ({ leftovers }: Pick<Evidence, 'leftovers'>): readonly Problem[] =>
  Array.from(leftovers, ([state, left]) => ({
    where: `steps/${state}`,
    what: `after its last test there is still ${left.join('; ')}`,
    fix: 'let the test that starts it end it: clear the timer, close the client or the server, take the listener away',
  }))
