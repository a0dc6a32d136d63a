import { expect, test } from 'vitest'
import type { Step } from '../course/read-course.ts'
import { announces } from './judge.ts'
import type { FileResult } from './test-results.ts'

test('a red may announce a missing module in the file that it names, and in no other', () => {
  const fails = {
    file: 'test/shop/sums.test.ts',
    test: 'adds',
    error: 'Error',
    message: 'Cannot find module',
  }
  const step = { contract: { chapter: 'sums', fails } } as unknown as Step
  const thrown = { name: 'Error', message: "Cannot find module '../../src/shop/index.ts' imported from x" }
  const missing = { kind: 'amber', thrown } as FileResult

  expect(announces(step, 'test/shop/sums.test.ts', missing)).toBe(true)
  expect(announces(step, 'test/sums.test.ts', missing)).toBe(false)
})
