import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { expect, onTestFinished, test } from 'vitest'
import { ThrowawayCourse } from '../testkit/throwaway-course.ts'

const runner = fileURLToPath(new URL('../start.mjs', import.meta.url))

/** `npm run step watch`, until the test has ended. */
function watching({ root }: ThrowawayCourse) {
  const { PATH = '' } = process.env
  const child = spawn(process.execPath, [runner, 'watch'], {
    cwd: root,
    env: { PATH, TDD_COURSE_ROOT: root },
  })
  onTestFinished(() => void child.kill())
  let said = ''
  child.stdout.setEncoding('utf8').on('data', (piece: string) => (said += piece))
  /** All that is said up to the next of these words, with them. */
  const upTo = async (words: string) => {
    while (!said.includes(words)) await once(child.stdout, 'data')
    const piece = said
    said = ''
    return piece
  }
  return { child, upTo, verdict: () => upTo('Ctrl-C ends it.') }
}

test('watch checks now and on every save, and ends cleanly on Ctrl-C', async () => {
  using there = new ThrowawayCourse()
  there.standsAt(1).types({ 'src/index.ts': 'export const add = () => 4\n' })
  const { child, upTo, verdict } = watching(there)
  expect(await verdict()).toMatch(/First +✗ "adds" fails.*Working on step 2 .*expected 4 to be 3/s)

  there.types({ 'src/index.ts': 'export const add = () => 3\n' })
  expect(await verdict()).toMatch(/First +✓ "adds" passes.*Working on step 2 .*✓ All tests pass: 1\./s)

  child.kill('SIGINT')
  expect(await upTo('\n')).toContain('Watching has ended.')
  expect(await once(child, 'exit')).toEqual([0, null])
  expect(there.reads('.course/position.json')).toBe('{"step":"01-red-adds"}\n')
})

test('watch begins with what was broken at the last save', async () => {
  using there = new ThrowawayCourse()
  const sound = there.standsAt(2).reads('src/index.ts') ?? ''
  const { verdict } = watching(there)
  expect(await verdict()).toMatch(/First +✓ "adds" passes.*Working on step 3 /s)

  there.types({ 'src/index.ts': sound.replace('3', '4') })
  expect(await verdict()).toMatch(/First +✗ "adds" fails.*Working on step 3 /s)

  there.types({ 'src/index.ts': sound })
  expect(await verdict()).toMatch(/First +✓ "adds" passes.*Working on step 3 /s)
})

test("watch begins with the learner's own test before a red", async () => {
  using there = new ThrowawayCourse()
  there.standsAt(3)
  const { verdict } = watching(there)
  expect(await verdict()).toContain('There is no new test of yours to check.')

  there.types({
    'test/less.test.ts': `import { expect, test } from 'vitest'
import * as sum from '../src/index.ts'

test('negates', () => expect(sum.negate(1)).toBe(-1))
`,
  })
  expect(await verdict()).toMatch(/First +✗ "negates" fails: TypeError.*✓ It fails now/s)
})

test('watch needs no src/ to begin with, and goes on when it is put in anew', async () => {
  using there = new ThrowawayCourse()
  there.standsAt(1)
  expect(there.reads('src/index.ts'), 'nothing to begin with').toBeNull()
  const { verdict } = watching(there)
  expect(await verdict()).toMatch(/First +✗ test\/sum\.test\.ts could not run.*Working on step 2 /s)

  there.types({ 'src/index.ts': 'export const add = () => 4\n' })
  expect(await verdict()).toContain('expected 4 to be 3')

  there.deletes('src')
  expect(await verdict()).toContain('could not run')

  there.types({ 'src/deep/index.ts': 'export const add = () => 3\n' })
  expect(await verdict()).toContain('could not run')
  there.types({ 'src/index.ts': "export { add } from './deep/index.ts'\n" })
  expect(await verdict()).toContain('✓ All tests pass: 1.')
})

test('watch ends when its output is not read any more', async () => {
  using there = new ThrowawayCourse()
  const { child, upTo } = watching(there.standsAt(3))
  await upTo('Ctrl-C ends it.')
  child.stdout.destroy()
  there.types({ 'src/index.ts': 'export const add = () => 4\n' })
  expect(await once(child, 'exit')).toEqual([0, null])
})
