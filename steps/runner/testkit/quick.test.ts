import { spawnSync } from 'node:child_process'
import { Worker } from 'node:worker_threads'
import { expect, test } from 'vitest'
import { ThrowawayCourse } from './throwaway-course.ts'

const moved = 'move it to a file named *.slow.test.ts'

test('a quick test starts git, and no other process', () => {
  expect(spawnSync('git', ['--version']).status).toBe(0)
  expect(() => spawnSync(process.execPath, ['--version'])).toThrow(moved)
  using there = new ThrowawayCourse()
  expect(() => there.process({})).toThrow(moved)
})

test('a quick test starts no thread, and so runs no tests', async () => {
  expect(() => new Worker('')).toThrow(moved)
  using there = new ThrowawayCourse()
  expect(await there.step('2')).not.toMatchObject({ status: 0 })
})
