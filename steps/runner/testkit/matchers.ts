import { spawnSync } from 'node:child_process'
import { expect } from 'vitest'

/** What came of one run of the runner as a process. */
export interface Outcome {
  readonly status: number | null
  readonly stdout: string
  readonly stderr: string
}

/** Runs Node as a process of its own, without a terminal. */
export function runNode(
  args: readonly string[],
  { from, env }: { readonly from: string; readonly env: Readonly<Record<string, string>> },
): Outcome {
  const { PATH = '', SystemRoot = '' } = process.env
  const { status, stdout, stderr } = spawnSync(process.execPath, args, {
    cwd: from,
    encoding: 'utf8',
    env: { PATH, SystemRoot, ...env },
  })
  return { status, stdout, stderr }
}

declare module 'vitest' {
  interface Matchers<T> {
    /** Exit code 0, nothing on stderr, and each piece said, wherever the lines are broken, within 80 columns. */
    toSay: (...pieces: readonly string[]) => T
    /** Exit code 1, all of it on stderr and in words, not as a stack trace; and each piece said likewise. */
    toRefuse: (...pieces: readonly string[]) => T
  }
}

expect.extend({
  toSay: (outcome: Outcome, ...pieces: readonly string[]) =>
    verdict(outcome, [
      ...(outcome.status === 0 ? [] : [`the exit code to be 0, not ${outcome.status}`]),
      ...(outcome.stderr === '' ? [] : ['nothing on stderr']),
      ...missing(outcome.stdout, pieces),
    ]),
  toRefuse: (outcome: Outcome, ...pieces: readonly string[]) =>
    verdict(outcome, [
      ...(outcome.status === 1 ? [] : [`the exit code to be 1, not ${outcome.status}`]),
      ...(outcome.stdout === '' ? [] : ['nothing on stdout']),
      ...(outcome.stderr.startsWith('\n ✗ ') ? [] : ['a refusal that begins with ✗']),
      ...(/^\s+at /m.test(outcome.stderr) ? ['no stack trace'] : []),
      ...missing(outcome.stderr, pieces),
    ]),
})

function missing(said: string, pieces: readonly string[]): readonly string[] {
  const flowing = said.replace(/\s+/g, ' ')
  return [
    ...pieces.filter((piece) => !flowing.includes(piece)).map((piece) => `"${piece}"`),
    ...said.split('\n').flatMap((line) => (line.length > 80 ? [`at most 80 columns in: ${line}`] : [])),
  ]
}

function verdict({ stdout, stderr }: Outcome, lacking: readonly string[]) {
  return {
    pass: lacking.length === 0,
    message: () => `expected ${lacking.join(', and ') || 'something else'}; it said:\n${stdout}${stderr}`,
  }
}
