import type { Worker } from 'node:worker_threads'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { covering, gapsIn } from '../test-runs/judge-coverage.ts'
import { runTests } from '../test-runs/run-tests.ts'
import { readTree } from '../course/read-tree.ts'
import { ThrowawayCourse } from './throwaway-course.ts'

// What the slow tests rest upon: runs that share a worker do not notice.

let there: ThrowawayCourse
let started: Worker[]
const seen = (worker: Worker) => void started.push(worker)
beforeEach(() => {
  there = new ThrowawayCourse()
  started = []
  process.on('worker', seen)
})
afterEach(() => {
  process.off('worker', seen)
  there[Symbol.dispose]()
})

/** How the one test of these files ends. */
async function ends(files: Readonly<Record<string, string>> = {}, how: { readonly isolate?: boolean } = {}) {
  there.types(files)
  const { files: results } = await runTests({ root: there.root, files: ['test/sum.test.ts'], ...how })
  return [...results.values()].map((file) => (file.kind === 'ran' ? file.tests[0]?.kind : file.kind)).join()
}

test('what a run loads is on the disk then, whatever its worker has loaded before', async () => {
  expect(await ends()).toBe('passed')
  const before = started.length
  expect(await ends({ 'src/index.ts': 'export const add = () => 4\n' })).toBe('failed')
  expect(await ends({ 'src/index.ts': "export { add } from './deep.ts'\n" })).toBe('amber')
  expect(await ends({ 'src/deep.ts': 'export const add = () => 3\n' })).toBe('passed')
  expect(await ends({ 'src/deep.ts': 'export const add = () => 4\n' })).toBe('failed')
  expect(started).toHaveLength(before)
})

test('what an earlier run has covered does not count', async () => {
  there.deletes('test/less.test.ts')
  const gaps = async (code: string) => {
    there.types({ 'src/index.ts': code })
    const results = await runTests({ root: there.root, files: ['test/sum.test.ts'], covering })
    return gapsIn(results, there.root, readTree(there.root).files)?.map(({ line }) => line)
  }
  const more = 'export const add = () => 3\nexport const more = () => 1\n'
  expect(await gaps(`${more}more()\n`)).toEqual([])
  const before = started.length
  expect(await gaps(more)).toEqual([2])
  expect(started).toHaveLength(before)
  expect(await ends({ 'src/index.ts': `${more}more()\n` })).toBe('passed')
  expect(await gaps(more)).toEqual([2])
})

test('a worker in which an error went uncaught is used no more', async () => {
  await ends({ 'src/index.ts': 'export const add = () => 3\nvoid Promise.reject(new Error())\n' })
  const before = started.length
  await ends({ 'src/index.ts': 'export const add = () => 3\n' })
  expect(started).toHaveLength(before + 1)
})

test('where each test file has a worker of its own, it is a new one', async () => {
  await ends()
  const before = started.length
  await ends({}, { isolate: true })
  expect(started).toHaveLength(before + 1)
})

test('a worker has the environment that its run was given', async () => {
  const looks = (value: string) => `import { expect, test, vi } from 'vitest'
test('looks', () => expect(process.env['TZ']).toBe('${value}'))
`
  for (const zone of ['Asia/Tokyo', 'Europe/Madrid', 'Asia/Tokyo']) {
    vi.stubEnv('TZ', zone)
    expect(await ends({ 'test/sum.test.ts': looks(zone) })).toBe('passed')
  }
})
