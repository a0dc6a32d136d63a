import { execFile } from 'node:child_process'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'

const require = createRequire(import.meta.url)

export interface ToolOutcome {
  readonly status: number
  readonly output: string
}

/** Runs the command that an installed package brings, without npm and without a shell. Resolves when it has ended. */
export function runTool(name: string, args: readonly string[], folder: string): Promise<ToolOutcome> {
  return new Promise((resolve) => {
    const options = { cwd: folder, maxBuffer: 1 << 28, env: { ...process.env, NO_COLOR: '1' } }
    execFile(process.execPath, [entryOf(name), ...args], options, (error, stdout, stderr) => {
      const status = error === null ? 0 : typeof error.code === 'number' ? error.code : 1
      resolve({ status, output: `${stdout}${stderr}` })
    })
  })
}

/** The package `typescript` brings the command `tsc`; the others are named after themselves. */
export function entryOf(name: string): string {
  const manifest = require.resolve(`${name}/package.json`)
  const { bin }: { readonly bin: string | Readonly<Record<string, string>> } = require(manifest)
  const entry = typeof bin === 'string' ? bin : Object.values(bin)[0]
  return join(dirname(manifest), entry ?? '')
}
