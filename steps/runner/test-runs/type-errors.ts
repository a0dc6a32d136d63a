import { fileURLToPath } from 'node:url'
import { writeFile } from '../system/write-file.ts'
import { runTool, type ToolOutcome } from '../system/run-tool.ts'

const settings = fileURLToPath(new URL('../../../tsconfig.json', import.meta.url))

export interface TypeCheckError {
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
export async function typeErrors(
  folder: string,
  states: readonly string[],
): Promise<readonly TypeCheckError[]> {
  if (states.length === 0) return []
  const { status, output } = await typeCheck(folder, states)
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

/** Runs the type checker over what `include` names, with the repository's settings. `folder` gets a tsconfig.json. */
export function typeCheck(folder: string, include: readonly string[]): Promise<ToolOutcome> {
  writeFile({ root: folder, path: 'tsconfig.json' }, JSON.stringify({ extends: settings, include }))
  // One thread takes a quarter less of the processor's time than several, which the tests beside it have a use for.
  return runTool('typescript', ['-p', 'tsconfig.json', '--pretty', 'false', '--singleThreaded'], folder)
}
