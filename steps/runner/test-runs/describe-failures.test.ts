import { expect, test } from 'vitest'
import { failuresOf } from './describe-failures.ts'
import type { FileResult } from './test-results.ts'

const amber = (message: string): FileResult => ({
  kind: 'amber',
  thrown: { name: 'Error', message, expected: null, received: null },
})

/** As the transformer tells of it, which begins in the folder that one stands in. */
const unreadable = (place: string) =>
  `Transform failed with 1 error:\n\n[PARSE_ERROR] Expected \`)\` but found \`EOF\`\n   ╭─[ ${place} ]\n   │\n 2 │ x(\n`

const failures = (...lights: readonly FileResult[]) =>
  failuresOf({
    files: new Map(lights.map((light, index) => [`test/${index + 1}.test.ts`, light])),
    strays: [],
    coverage: null,
  })

test('says in which line what cannot be read is', () => {
  expect(failures(amber(unreadable('../over there/src/deep/index.ts:2:25')))).toEqual([
    'test/1.test.ts could not run: Error: Transform failed with 1 error: [PARSE_ERROR] Expected `)` but found `EOF` (src/deep/index.ts:2:25)',
  ])
})

test('says once what keeps several test files from running', () => {
  const same = amber(unreadable('src/index.ts:2:25'))

  expect(failures(same, amber('something else'), same)).toEqual([
    '2 test files could not run: Error: Transform failed with 1 error: [PARSE_ERROR] Expected `)` but found `EOF` (src/index.ts:2:25)',
    'test/2.test.ts could not run: Error: something else',
  ])
})
