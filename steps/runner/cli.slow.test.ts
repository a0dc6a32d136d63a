import { mkdirSync } from 'node:fs'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { ThrowawayCourse } from './testkit/throwaway-course.ts'

let there: ThrowawayCourse
beforeEach(() => {
  there = new ThrowawayCourse()
})
afterEach(() => there[Symbol.dispose]())

test('it works from a subfolder and without git', () => {
  mkdirSync(there.path('src/sub'), { recursive: true })
  expect(there.process({ from: there.path('src/sub'), env: { PATH: '' } })).toSay('Step 5 of 5')
})

test('colour is for terminals that want it: words and shapes are always there', async () => {
  const { stdout } = there.process({ env: { FORCE_COLOR: '1' } })
  expect(stdout).toContain('\u001B[32m✓ GREEN\u001B[39m')
  expect(there.process({ env: { NO_COLOR: '1' } }).stdout).not.toContain('\u001B')
  expect(there.process({}).stdout).not.toContain('\u001B')
})

test('a walk says what to expect, what came, and what to type next', async () => {
  there.types({ 'src/index.ts': 'mine' })
  expect(await there.step('4')).toSay(
    'Step 4 of 5 · ✗ RED · Ask for less',
    '[✗] negates',
    'Expected This step is supposed to fail: 1 test, TypeError: negate is not a function',
    'Kept Your work is now save 1. To get it back: npm run step restore 1',
    'Verdict ✗ red, as it should be: "negates" fails with TypeError: ',
    'Next npm run step next (step 5, green)',
  )
  expect(await there.step('prev')).toSay(
    'Step 3 of 5 · ◆ REFACTOR',
    'Verdict ✓ green, as it should be: 1 test passes',
  )
  expect(there.reads('.course/position.json')).toBe('{"step":"03-refactor-own-file"}\n')
})

test('restore brings my version back to where it was made, and says how it does there', async () => {
  there.types({ '.course/saves/001-2026-01-02T030405Z-step-2/src/index.ts': 'export const add = () => 4\n' })
  there.types({
    '.course/saves/001-2026-01-02T030405Z-step-2/test/sum.test.ts': there.reads('test/sum.test.ts') ?? '',
  })
  const { status, stdout } = await there.step('restore', '1')
  expect(stdout.replace(/\s+/g, ' ')).toContain(
    'Verdict ▲ red, but it should be green: "adds" fails with AssertionError: expected 4 to be 3',
  )
  expect(status).toBe(1)
  expect(there.work).toEqual({
    'src/index.ts': 'export const add = () => 4\n',
    'test/sum.test.ts': there.reads('test/sum.test.ts'),
  })
  expect(there.reads('.course/position.json')).toBe('{"step":"02-green-three"}\n')
})

test('runs in one process keep what they say apart, and leave nothing of theirs behind in it', async () => {
  using other = new ThrowawayCourse()
  there.standsAt(2).types({ 'src/index.ts': 'export const add = () => 4\n' })
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP', 'exit', 'uncaughtException', 'unhandledRejection']
  const ours = () => ({
    listeners: signals.map((signal) => process.listeners(signal as 'SIGINT')),
    exitCode: process.exitCode,
    env: { ...process.env },
    folder: process.cwd(),
  })
  await there.step('check') // Vitest itself keeps what its first start has made.
  const before = ours()

  const [checked, refused, listed] = await Promise.all([
    there.step('check'),
    other.step('nonsense'),
    other.step('list'),
  ])

  expect(checked.status).toBe(1)
  expect(checked.stdout).toContain('expected 4 to be 3')
  expect(checked.stdout).not.toContain('Chapter 2')
  expect(refused).toRefuse('"nonsense" is neither')
  expect(listed).toSay('Chapter 2 of 2')
  expect(ours()).toEqual(before)
})
