import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { run } from '../cli.ts'
import { ThrowawayCourse } from '../testkit/throwaway-course.ts'

let there: ThrowawayCourse
beforeEach(() => {
  there = new ThrowawayCourse().types({ 'package.json': '{"type":"module"}' }).commits()
})
afterEach(() => there[Symbol.dispose]())

const own = 'export const add = (a: number, b: number): number => a + b // mine\n'
const negate = 'export const negate = (one: number): number => 0 - one\n'
const position = () => there.reads('.git/course/position.json')
const said = async (root = there.root, words: readonly string[] = []) => {
  let text = ''
  const listen = (piece: string) => void (text += piece)
  await run(words, root, { stdout: listen, stderr: listen })
  return text.replace(/\s+/g, ' ')
}

/** The same repository in a folder of its own, as a second machine has it. */
function elsewhere(made: (folder: string) => void): (...words: readonly string[]) => Promise<string> {
  const folder = there.path('elsewhere/second')
  mkdirSync(there.path('elsewhere'), { recursive: true })
  made(folder)
  symlinkSync(there.path('node_modules'), join(folder, 'node_modules'), 'junction')
  return (...words) => said(folder, words)
}

/** A learner's branch: own code at the green of step 2. */
function ann(): void {
  there.git('switch', '--quiet', '--create', 'ann')
  there.standsAt(2).types({ 'src/index.ts': own }).commits()
}

test('a clone of a branch stands where its code stands, and goes on from there', async () => {
  ann()
  const step = elsewhere((folder) => there.git('clone', '--quiet', '--branch', 'ann', there.root, folder))
  expect(await step()).toContain('This code stands at step 2. Its tests pass.')
  expect(await step(), 'it is remembered').not.toContain('This code stands')
  expect(await step('next', 'anyway')).toContain('Step 3 of 5')
  expect(await step('next')).toContain('Step 4 of 5')
})

test('a worktree stands where its code stands', async () => {
  ann()
  there.git('switch', '--quiet', '--create', 'main-again', 'HEAD~1')
  const step = elsewhere((folder) => there.git('worktree', 'add', '--quiet', folder, 'ann'))
  expect(await step()).toContain('This code stands at step 2. Its tests pass.')
  expect(await said()).toContain('Step 5 of 5')
})

test('git switch moves along, whatever was remembered', async () => {
  ann()
  there.git('switch', '--quiet', '--create', 'bob')
  there
    .standsAt(4)
    .types({ 'src/index.ts': own + negate })
    .deletes('src/deep')
    .commits()
  expect(await said()).toContain('Step 4 of 5')
  there.git('switch', '--quiet', 'ann')
  expect(await said()).toContain(
    "This code stands at step 2. Its tests pass. Last it was step 4; of that step's tests test/less.test.ts is deleted now.",
  )
  expect(await said()).not.toContain('This code stands')
  there.git('switch', '--quiet', 'bob')
  // A red and its green share their tests: what tells them apart is whether these pass.
  expect(await said()).toContain('This code stands at step 5. Its tests pass.')
})

test('a new branch for the same code changes nothing and says nothing', async () => {
  ann()
  there.git('switch', '--quiet', '--create', 'spike')
  expect(await said()).not.toContain('This code stands')
  expect(await said()).toContain('Step 2 of 5')
})

test('git stash at a red takes its test along, and that is said', async () => {
  ann()
  await there.step('next', 'anyway')
  await there.step('next')
  expect(await said()).toContain('Step 4 of 5')
  there.git('stash', '--quiet', '--include-untracked')
  const after = await said()
  expect(after).toContain('This code stands at step 2.')
  expect(after).toContain('Last it was step 4; of that step')
  there.git('stash', 'pop', '--quiet')
  expect(await said()).toContain('This code stands at step 4. Its test fails, as announced.')
})

test('a test that is deleted by hand does not move the position', async () => {
  there.git('switch', '--quiet', '--create', 'ann')
  there.standsAt(4).commits()
  there.deletes('test/less.test.ts')
  expect(await said()).toContain('Step 4 of 5')
  expect(await said()).not.toContain('This code stands')
  // Nor where nothing was committed yet.
  there.deletes('.git')
  await there.step('at', '4')
  expect(await there.step()).toSay('Step 4 of 5')
})

test('without memory, code whose tests fail otherwise than announced is the red, and says so', async () => {
  there.standsAt(1).types({ 'src/index.ts': 'export const add = () => 9\n' }).deletes('.git/course')
  expect(await said()).toContain(
    'This code stands at step 1. Its tests fail, and not only as announced: npm run step check says how.',
  )
})

test("memory breaks the tie while it fits, and a learner's own tests do not matter", async () => {
  there.standsAt(3).types({
    'test/mine.test.ts': "import { test } from 'vitest'\ntest('mine', async () => {})\n",
    'test/sum.test.ts': `${there.reads('test/sum.test.ts')}test('mine too', async () => {})\n`,
    'src/index.ts': 'not even code',
  })
  expect(await said()).toContain('Step 3 of 5')
  expect(await said()).not.toContain('This code stands')
})

test('under CI nothing is remembered', async () => {
  there.standsAt(2).types({ 'src/index.ts': own })
  expect(await there.step('at', '1')).toSay('Step 1 of 5')
  expect(await there.step()).toSay('Step 1 of 5')
  vi.stubEnv('CI', 'true')
  expect(await there.step()).toSay('This code stands at step 2.')
})

test('at says which step it is, and writes no file of mine', async () => {
  ann()
  const before = there.work
  expect(await there.step('at', '3')).toSay(
    'Step 3 of 5',
    'You stand at step 3 now; src/ and test/ are as they were.',
  )
  expect(await there.step()).toSay('Step 3 of 5')
  // Others are nearer, but it is the learner's word.
  expect(await there.step('at', '5')).toSay(
    'These are not the tests of step 5: test/less.test.ts is deleted.',
  )
  expect(await said()).toContain('Step 5 of 5')
  expect(there.work).toEqual(before)
  expect(await there.step('restore', 'tests')).toSay('Step 5 of 5')
  expect(Object.keys(there.work)).toContain('test/less.test.ts')
  for (const words of [['at'], ['at', '6'], ['at', 'last']]) {
    expect(await there.step(...words)).toRefuse(
      'Expected the number of a step (1 to 5)',
      'npm run step at 25',
    )
  }
})

test.each([
  [
    'of another branch',
    (path: string) => writeFileSync(path, '{"step":"05-green-minus","branch":"refs/heads/x"}'),
  ],
  ['of an older course', async (path: string) => writeFileSync(path, '{"step":"77-red-gone"}')],
  ['that is binary', (path: string) => writeFileSync(path, Buffer.from([0, 255, 254, 3]))],
  ['that is a folder', (path: string) => mkdirSync(join(path, 'deep'), { recursive: true })],
])('a position file %s does not hide where the code stands', async (_, write) => {
  ann()
  there.deletes('.git/course/position.json')
  write(there.path('.git/course/position.json'))
  const before = there.work
  expect(await said()).toContain('This code stands at step 2. Its tests pass.')
  expect(position()).toContain('"step":"02-green-three"')
  expect(await there.step('next', 'anyway')).toSay('Step 3 of 5')
  expect(there.work).toEqual(before)
})

test('a test/ that fits no step says the nearest and what differs, and nothing is lost', async () => {
  ann()
  there.deletes('.git/course')
  there.types({ 'test/less.test.ts': there.reads('steps/04-red-negates/test/less.test.ts') ?? '' })
  there.deletes('test/sum.test.ts')
  expect(await said()).toContain(
    'No step has just these tests, it is only the nearest: test/sum.test.ts is deleted.',
  )
  expect((await there.step('restore', 'tests')).stdout.replace(/\s+/g, ' ')).toContain(
    'Your work is now save 1.',
  )
})
