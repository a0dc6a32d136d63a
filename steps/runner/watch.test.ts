import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { ThrowawayCourse } from './throwaway.ts'

const runner = fileURLToPath(new URL('start.mjs', import.meta.url))

test('watch checks now and on every save, and ends cleanly on Ctrl-C', { timeout: 60_000 }, async () => {
  using there = new ThrowawayCourse()
  there.standsAt(1).types({ 'src/index.ts': 'export const add = () => 4\n' })
  const { PATH = '' } = process.env
  const watching = spawn(process.execPath, [runner, 'watch'], {
    cwd: there.root,
    env: { PATH, TDD_COURSE_ROOT: there.root },
  })
  let said = ''
  watching.stdout.setEncoding('utf8').on('data', (piece: string) => (said += piece))
  const told = async (piece: string) => {
    while (!said.includes(piece)) await once(watching.stdout, 'data')
  }
  await told('expected 4 to be 3')
  await told('Ctrl-C ends it.')
  said = ''
  there.types({ 'src/index.ts': 'export const add = () => 3\n' })
  await told('✓ All tests pass: 1.')
  await told('Ctrl-C ends it.')

  watching.kill('SIGINT')
  expect(await once(watching, 'exit')).toEqual([0, null])
  expect(said).toContain('Watching has ended.')
  expect(there.reads('.course/position.json')).toBe('{"step":"01-red-adds"}\n')
})
