import { execFile } from 'node:child_process'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'

const require = createRequire(import.meta.url)

export interface ToolOutcome {
  readonly status: number
  readonly output: string
}

export interface NodeOutcome {
  /** Exit code; 1 when there is none, as when a signal ended it. */
  readonly status: number
  readonly stdout: string
  readonly stderr: string
}

/** Runs Node without a shell. Resolves when it has ended, however it did. */
export function runNode(
  args: readonly string[],
  where: { readonly cwd: string; readonly env: NodeJS.ProcessEnv },
): Promise<NodeOutcome> {
  return new Promise((resolve) => {
    execFile(process.execPath, args, { ...where, maxBuffer: 1 << 28 }, (error, stdout, stderr) => {
      const status = error === null ? 0 : typeof error.code === 'number' ? error.code : 1
      resolve({ status, stdout, stderr })
    })
  })
}

/** Runs the command that an installed package brings, without npm and without a shell. Resolves when it has ended. */
export async function runTool(name: string, args: readonly string[], folder: string): Promise<ToolOutcome> {
  const env = { ...process.env, NO_COLOR: '1' }
  const { status, stdout, stderr } = await runNode([entryOf(name), ...args], { cwd: folder, env })
  return { status, output: `${stdout}${stderr}` }
}

/** The package `typescript` brings the command `tsc`; the others are named after themselves. */
export function entryOf(name: string): string {
  const manifest = require.resolve(`${name}/package.json`)
  const { bin }: { readonly bin: string | Readonly<Record<string, string>> } = require(manifest)
  const entry = typeof bin === 'string' ? bin : Object.values(bin)[0]
  return join(dirname(manifest), entry ?? '')
}
