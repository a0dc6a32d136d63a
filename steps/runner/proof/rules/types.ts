import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Problem } from '../../course/read-contract.ts'
import { reasonOf } from '../../system/refusal.ts'
import { runTool } from '../../system/run-tool.ts'

const settings = fileURLToPath(new URL('../../../../tsconfig.json', import.meta.url))

export interface TypeError {
  /** The folder of the state. */
  readonly state: string
  /** The file in it. */
  readonly path: string
  readonly line: string
  readonly what: string
}

/**
 * What the type checker finds in these states: all of them at once, in one process.
 *
 * @throws what it says when it cannot do its work
 */
export async function typeErrors(folder: string, states: readonly string[]): Promise<readonly TypeError[]> {
  if (states.length === 0) return []
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify({ extends: settings, include: states }))
  // One thread takes a quarter less of the processor's time than several, which the tests beside it have a use for.
  const how = ['-p', 'tsconfig.json', '--pretty', 'false', '--singleThreaded']
  const { status, output } = await runTool('typescript', how, folder)
  const found = [
    ...output.matchAll(/^(?<state>[^/(\n]+)\/(?<path>[^(\n]+)\((?<line>\d+),\d+\): error (?<what>.*)$/gm),
  ]
  if (status !== 0 && found.length === 0) throw new Error(`the type checker failed: ${output.trim()}`)
  return found.map(({ groups: { state = '', path = '', line = '', what = '' } = {} }) => ({
    state,
    path,
    line,
    what,
  }))
}

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
