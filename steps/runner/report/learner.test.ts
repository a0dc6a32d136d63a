import { afterEach, beforeEach, expect, test } from 'vitest'
import { ThrowawayCourse } from '../testkit/throwaway-course.ts'
import { readTree } from '../course/read-tree.ts'
import { learnersStep } from './learner.ts'

let there: ThrowawayCourse
beforeEach(() => {
  there = new ThrowawayCourse()
})
afterEach(() => there[Symbol.dispose]())

const stepOf = (...changed: readonly string[]) =>
  learnersStep(there.course, readTree(there.root).files, changed)?.number ?? null

test("the course's own middle step, byte for byte", () => {
  there.standsAt(2)
  expect(stepOf('src/index.ts', 'test/less.test.ts')).toBe(2)
})

test("a learner's own code, with the tests of a middle step", () => {
  there.standsAt(2).types({ 'src/index.ts': 'export const add = () => 3 // mine\n' })
  expect(stepOf('src/index.ts', 'test/less.test.ts')).toBe(3)
})

test('a position that is committed, at the last step as well', () => {
  there.types({ 'src/index.ts': '// mine\n' })
  expect(stepOf('.course/position.json', 'src/index.ts')).toBe(5)
})

test.for([
  ['the last step as it is', []],
  ['a change of the finished code without its step', ['src/index.ts']],
  ['a new test without its step', ['test/less.test.ts']],
] as const)('not for %s', ([, changed]) => {
  for (const path of changed) there.types({ [path]: `${there.reads(path)}// more\n` })
  expect(stepOf(...changed)).toBeNull()
})

test.for(['steps/02-green-three/src/index.ts', 'docs/client.md', 'package.json', 'src.md'])(
  'not when %s is changed as well',
  (path) => {
    there.standsAt(2)
    expect(stepOf('src/index.ts', path)).toBeNull()
  },
)
