import type { Problem } from '../../course/problem.ts'
import type { Evidence } from '../evidence.ts'

/** Each green and refactor type-checks. */
export function checkTypes({ types }: Pick<Evidence, 'types'>): readonly Problem[] {
  // An error that several states in a row have is one problem, of the first.
  const said = new Set<string>()
  return types.flatMap(({ state, path, line, what }) => {
    if (said.has(`${path} ${what}`)) return []
    said.add(`${path} ${what}`)
    return [
      {
        where: ['steps', state, path].filter((part) => part !== '').join('/'),
        what: line === '' ? what : `line ${line} at this step: ${what}`,
        fix: 'every green and refactor type-checks: fix the type where it went wrong',
      },
    ]
  })
}
