import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { Fold, State } from '../course/state.ts'
import { writeFile } from '../system/write-file.ts'
import { runTool } from '../system/run-tool.ts'

const settings = fileURLToPath(new URL('../../../configs/oxlint.json', import.meta.url))

/** What the linter does not like. */
export interface LintError {
  /** The folder of the state; empty when the linter itself failed. */
  readonly state: string
  /** The file in it. */
  readonly path: string
  readonly line: number
  readonly message: string
  readonly code?: string | undefined
}

/** As the linter writes it. */
interface Diagnostic {
  readonly message: string
  readonly code?: string
  /** From the folder of the states. */
  readonly filename: string
  readonly labels?: readonly { readonly span: { readonly line: number } }[]
}

/**
 * Lints each green and refactor state, in one process. Only files that changed since the state before are looked at:
 * the others stand in that state with the same bytes, and a new circle of imports has a changed file in it.
 *
 * @param states names of those to look at
 */
export async function lintStates(
  folds: readonly Fold[],
  states: readonly string[],
  folder: string,
): Promise<readonly LintError[]> {
  let clean: State = new Map()
  const files: string[] = []
  for (const { step, after } of folds) {
    if (step.phase === 'red') continue
    for (const [path, bytes] of after) {
      if (states.includes(step.folder) && path.endsWith('.ts') && !clean.get(path)?.equals(bytes))
        files.push(`${step.folder}/${path}`)
    }
    clean = after
  }
  if (files.length === 0) return []
  // The repository's settings leave .course/ out.
  const { ignorePatterns: _, ...rules } = JSON.parse(readFileSync(settings, 'utf8'))
  writeFile({ root: folder, path: 'oxlint.json' }, JSON.stringify(rules))
  const args = ['-c', 'oxlint.json', '--no-ignore', '--deny-warnings', '--format', 'json', ...files]
  const { output } = await runTool('oxlint', args, folder)
  return errorsIn(output)
}

function errorsIn(output: string): readonly LintError[] {
  try {
    const { diagnostics }: { readonly diagnostics: readonly Diagnostic[] } = JSON.parse(output)
    return diagnostics.map(({ filename, labels, message, code }) => {
      const [state = '', ...path] = filename.split(/[\\/]/)
      return { state, path: path.join('/'), line: labels?.[0]?.span.line ?? 1, message, code }
    })
  } catch {
    return [{ state: '', path: '', line: 1, message: `the linter failed: ${output.trim()}` }]
  }
}
