import { expect, test } from 'vitest'
import type { Course, Step } from './read-course.ts'
import { ownedPaths, sameBytes, stateAt } from './state.ts'

const step = (
  number: number,
  files: Readonly<Record<string, string>>,
  removes: readonly string[] = [],
): Step => ({
  number,
  phase: 'green',
  slug: 'x',
  folder: `0${number}-green-x`,
  title: 'x',
  contract: { chapter: 'x', does: '', changes: [], removes, hints: [], wrong: [] },
  lesson: '',
  files: stateOf(files),
})
const stateOf = (files: Readonly<Record<string, string>>) =>
  new Map(Object.entries(files).map(([path, text]) => [path, Buffer.from(text)]))

const course: Course = {
  root: '',
  steps: [
    step(1, { 'test/a.test.ts': 'one' }),
    step(2, { 'src/a.ts': 'one', 'src/b.ts': 'one' }),
    step(3, { 'src/a.ts': 'two', 'src/c.ts': 'one' }, ['src/b.ts']),
  ],
}

test('a state is the fold of all steps up to it', () => {
  expect(stateAt(course, 2)).toEqual(
    stateOf({ 'test/a.test.ts': 'one', 'src/a.ts': 'one', 'src/b.ts': 'one' }),
  )
})

test('a later step replaces files and deletes those that it names', () => {
  expect(stateAt(course, 3)).toEqual(
    stateOf({ 'test/a.test.ts': 'one', 'src/a.ts': 'two', 'src/c.ts': 'one' }),
  )
})

test('before the first step there is nothing', () => {
  expect(stateAt(course, 0).size).toBe(0)
})

test('the course owns every path that some step writes, deleted later or not', () => {
  expect([...ownedPaths(course)].toSorted()).toEqual(['src/a.ts', 'src/b.ts', 'src/c.ts', 'test/a.test.ts'])
})

test.each([
  ['one byte differs', { a: 'one', b: 'twO' }],
  ['a file is missing', { a: 'one' }],
  ['a file is too many', { a: 'one', b: 'two', c: '' }],
  ['a file has another name', { a: 'one', c: 'two' }],
])('states differ when %s', (_, other) => {
  expect(sameBytes(stateOf({ a: 'one', b: 'two' }), stateOf(other))).toBe(false)
})

test('states are the same when all bytes are, in any order', () => {
  expect(sameBytes(stateOf({ a: 'one', b: 'two' }), stateOf({ b: 'two', a: 'one' }))).toBe(true)
})
