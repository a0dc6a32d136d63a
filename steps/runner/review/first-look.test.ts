import { stripVTControlCharacters } from 'node:util'
import { expect, test } from 'vitest'
import { failedIn, firstLook, firstLookLines } from './first-look.ts'
import type { Only } from '../test-runs/run-tests.ts'
import type { FileResult, TestResults, TestResult } from '../test-runs/test-results.ts'
import { ThrowawayCourse } from '../testkit/throwaway-course.ts'
import { readTree } from '../course/read-tree.ts'
import { workingOn } from '../workspace/working-on.ts'

const looked = async (there: ThrowawayCourse, failed: Only = new Map()) => {
  const { files, only } = firstLook(
    there.course,
    await workingOn(there.course),
    readTree(there.root).files,
    failed,
  )
  return files.map((file) => [file, ...(only.get(file) ?? ['all of it'])].join(': '))
}

test('begins with the test that the red brought, and with what failed last', async () => {
  using there = new ThrowawayCourse()
  there.standsAt(4)

  expect(await looked(there)).toEqual(['test/less.test.ts: negates'])
  expect(await looked(there, new Map([['test/sum.test.ts', ['adds']]]))).toEqual([
    'test/sum.test.ts: adds',
    'test/less.test.ts: negates',
  ])
  expect(await looked(there, new Map([['test/less.test.ts', ['adds', 'negates']]]))).toEqual([
    'test/less.test.ts: negates: adds',
  ])
})

test("begins with the learner's own tests before a red", async () => {
  using there = new ThrowawayCourse()
  there.standsAt(3)
  expect(await looked(there)).toEqual([])

  there.types({ 'test/mine.test.ts': '// mine', 'test/sum.test.ts': '// mine too' })
  expect(await looked(there)).toEqual(['test/mine.test.ts: all of it', 'test/sum.test.ts: all of it'])
})

test('begins with nothing where no test stands out', async () => {
  using there = new ThrowawayCourse()
  there.standsAt(2)
  expect(await looked(there)).toEqual([])

  there.standsAt(4).deletes('test/less.test.ts')
  expect(await looked(there), 'a file that is no longer there').toEqual([])
})

const ran = (...tests: readonly TestResult[]): FileResult => ({ kind: 'ran', tests })
const passed = (name: string): TestResult => ({ kind: 'passed', test: name })
const skipped = (name: string): TestResult => ({ kind: 'skipped', test: name })
const thrown = { name: 'AssertionError', message: 'expected 4 to be 3', expected: '3', received: '4' }
const failed = (name: string): TestResult => ({ kind: 'failed', test: name, thrown })
const lightsOf = (files: Readonly<Record<string, FileResult>>): TestResults => ({
  files: new Map(Object.entries(files)),
  strays: [],
  coverage: null,
})

test('says what came of it, and nothing of the tests that were not asked for', async () => {
  const said = (files: Readonly<Record<string, FileResult>>) =>
    firstLookLines(lightsOf(files)).map((line) => stripVTControlCharacters(line).trim())

  expect(said({ one: ran(skipped('a'), passed('b')) })).toEqual(['First      ✓ "b" passes.'])
  expect(said({ one: ran(passed('a')), other: ran(passed('b')) })).toEqual(['First      ✓ 2 tests pass.'])
  expect(said({ one: ran(skipped('a')) })).toEqual([])
  expect(said({ one: ran(skipped('a'), failed('b'), failed('c')) })).toEqual([
    'First      ✗ "b" fails: AssertionError: expected 4 to be 3',
    'expected 3',
    'received 4',
    'and 1 more: npm test shows all',
  ])
  expect(said({ one: { kind: 'amber', thrown } })).toEqual([
    'First      ▲ one could not run: AssertionError: expected 4 to be 3',
  ])
  const message = "Cannot find module '../src/index.ts' imported from x"
  expect(said({ one: { kind: 'amber', thrown: { ...thrown, message } } })[0], 'a red').toContain(
    '✗ one could not run',
  )
})

test('remembers which tests failed', async () => {
  const lights = lightsOf({
    one: ran(passed('a'), failed('b'), failed('c')),
    two: ran(passed('d')),
    three: { kind: 'amber', thrown },
  })
  expect(failedIn(lights)).toEqual(new Map([['one', ['b', 'c']]]))
})
