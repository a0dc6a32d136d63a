import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Problem } from '../contract.ts'
import { runTool } from '../tool.ts'

const settings = fileURLToPath(new URL('../../../tsconfig.json', import.meta.url))

/** Each of these states, greens and refactors, type-checks: all of them at once, in one process. */
export async function checkTypes(states: readonly string[], folder: string): Promise<readonly Problem[]> {
  if (states.length === 0) return []
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify({ extends: settings, include: states }))
  const { status, output } = await runTool('typescript', ['-p', 'tsconfig.json', '--pretty', 'false'], folder)
  const found = [
    ...output.matchAll(/^(?<state>[^/(]+)\/(?<path>[^(]+)\((?<line>\d+),\d+\): error (?<what>.*)$/gm),
  ]
  if (status !== 0 && found.length === 0) {
    return [{ where: 'steps', what: `the type checker failed: ${output.trim()}`, mend: 'mend what it names' }]
  }
  // An error that several states in a row have is one problem, of the first.
  const said = new Set<string>()
  return found.flatMap(({ groups = {} }) => {
    const { state = '', path = '', line = '', what = '' } = groups
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
}
