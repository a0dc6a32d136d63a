import type { Problem } from '../../course/problem.ts'
import { reasonOf } from '../../system/refusal.ts'
import { typeErrors } from '../../test-runs/type-errors.ts'

/** Each of these states, greens and refactors, type-checks. */
export async function checkTypes(states: readonly string[], folder: string): Promise<readonly Problem[]> {
  // An error that several states in a row have is one problem, of the first.
  const said = new Set<string>()
  try {
    const errors = await typeErrors(folder, states)
    return errors.flatMap(({ state, path, line, what }) => {
      if (said.has(`${path} ${what}`)) return []
      said.add(`${path} ${what}`)
      return [
        {
          where: `steps/${state}/${path}`,
          what: `line ${line} at this step: ${what}`,
          mend: 'every green and refactor type-checks: mend the type where it went wrong',
        },
      ]
    })
  } catch (error) {
    return [{ where: 'steps', what: reasonOf(error), mend: 'mend what it names' }]
  }
}
