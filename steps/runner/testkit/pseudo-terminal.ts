import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { stripVTControlCharacters } from 'node:util'
import type { ThrowawayCourse } from './throwaway-course.ts'

const runner = fileURLToPath(new URL('../start.mjs', import.meta.url))

/** Linux (util-linux) and macOS bring `script`, which runs a command at a terminal of its own; Windows has no such. */
export const hasPseudoTerminals = process.platform !== 'win32'

const quoted = (words: readonly string[]) => words.map((word) => `'${word}'`).join(' ')

/** Runs `npm run step …`, without npm, at a terminal. */
export function atATerminal(
  there: ThrowawayCourse,
  words: readonly string[],
  env: Readonly<Record<string, string>> = {},
) {
  const command = [process.execPath, runner, ...words]
  const args =
    process.platform === 'darwin'
      ? ['-q', '/dev/null', ...command]
      : ['--quiet', '--return', '--command', quoted(command), '/dev/null']
  const { PATH = '', HOME = '' } = process.env
  const terminal = spawn('script', args, {
    cwd: there.root,
    env: { PATH, HOME, TERM: 'xterm', TDD_COURSE_ROOT: there.root, ...env },
  })
  let said = ''
  terminal.stdout.setEncoding('utf8').on('data', (piece: string) => (said += piece))
  const ended = once(terminal, 'close')
  return {
    /** Resolves when it has been shown, wherever the lines are broken. */
    async shows(piece: string): Promise<void> {
      while (!flowing(said).includes(piece)) {
        const [more] = await Promise.race([once(terminal.stdout, 'data'), ended.then(() => [null])])
        if (more === null && !flowing(said).includes(piece)) throw new Error(`"${piece}" never came: ${said}`)
      }
    },
    types: (keys: string) => terminal.stdin.write(keys),
    /** The exit code (128 + the signal's number when one ended it), and all that was shown. */
    async ends(): Promise<{ readonly status: number; readonly said: string }> {
      const [status] = await ended
      terminal.stdin.destroy()
      return { status, said: flowing(said) }
    },
  }
}

const flowing = (said: string) => stripVTControlCharacters(said).replace(/\s+/g, ' ')
