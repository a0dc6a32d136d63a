import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
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

interface Where {
  readonly cwd: string
  readonly env: NodeJS.ProcessEnv
}

/** Runs Node without a shell. Resolves when it has ended, however it did. */
export const runNode = (args: readonly string[], where: Where): Promise<NodeOutcome> =>
  runProgram([process.execPath, ...args], where)

function runProgram([program = '', ...args]: readonly string[], where: Where): Promise<NodeOutcome> {
  return new Promise((resolve) => {
    execFile(program, args, { ...where, maxBuffer: 1 << 28 }, (error, stdout, stderr) => {
      const status = error === null ? 0 : typeof error.code === 'number' ? error.code : 1
      resolve({ status, stdout, stderr })
    })
  })
}

/** Runs the command that an installed package brings, without npm and without a shell. Resolves when it has ended. */
export async function runTool(name: string, args: readonly string[], folder: string): Promise<ToolOutcome> {
  const env = { ...process.env, NO_COLOR: '1' }
  const { status, stdout, stderr } = await runProgram([...commandOf(name), ...args], { cwd: folder, env })
  return { status, output: `${stdout}${stderr}` }
}

/** What starts it. The type checker's own entry takes as long to find its program as the program takes to check a step. */
export function commandOf(name: string): readonly string[] {
  const program = name === 'typescript' ? typeChecker() : null
  return program !== null && existsSync(program) ? [program] : [process.execPath, entryOf(name)]
}

function typeChecker(): string | null {
  const { resolve } = createRequire(require.resolve('typescript/package.json'))
  try {
    const manifest = resolve(`@typescript/typescript-${process.platform}-${process.arch}/package.json`)
    return join(dirname(manifest), 'lib', process.platform === 'win32' ? 'tsc.exe' : 'tsc')
  } catch {
    return null
  }
}

/** The package `typescript` brings the command `tsc`; the others are named after themselves. */
export function entryOf(name: string): string {
  const manifest = require.resolve(`${name}/package.json`)
  const { bin }: { readonly bin: string | Readonly<Record<string, string>> } = require(manifest)
  const entry = typeof bin === 'string' ? bin : Object.values(bin)[0]
  return join(dirname(manifest), entry ?? '')
}
