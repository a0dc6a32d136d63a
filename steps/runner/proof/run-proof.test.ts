import { expect, test } from 'vitest'
import { workersFor } from '../test-runs/run-states.ts'
import { foldsOf } from '../course/state.ts'
import { ThrowawayCourse } from '../testkit/throwaway-course.ts'
import { plansOf, sharesOf } from './run-proof.ts'

const stateOf = (...sizes: readonly [path: string, bytes: number][]) =>
  new Map(sizes.map(([path, bytes]) => [path, Buffer.alloc(bytes)]))

const runOf = (file: string) => ({ file, key: file })
const planOf = (name: string) => ({ step: name, name, key: name, text: name, runs: new Map(), covers: true })

const states = new Map([
  ['1', stateOf(['src/a.ts', 1], ['test/a.test.ts', 2])],
  ['2', stateOf(['src/a.ts', 2], ['test/a.test.ts', 2], ['test/b.test.ts', 3], ['test/other.ts', 90])],
  ['3', stateOf(['src/a.ts', 1], ['test/a.test.ts', 3])],
])
const runs = ['1/test/a.test.ts', '2/test/a.test.ts', '2/test/b.test.ts', '3/test/a.test.ts'].map(runOf)
const filesOf = (workers: number) =>
  sharesOf({ runs, measured: [] }, states, workers).map((share) => share.runs.map(({ file }) => file))

test('gives a state to one worker, and each worker about as much to do as the others', () => {
  expect(filesOf(1)).toEqual([
    ['3/test/a.test.ts', '2/test/a.test.ts', '2/test/b.test.ts', '1/test/a.test.ts'],
  ])
  expect(filesOf(2)).toEqual([
    ['3/test/a.test.ts', '1/test/a.test.ts'],
    ['2/test/a.test.ts', '2/test/b.test.ts'],
  ])
})

test('needs no more workers than there are states', () => {
  expect(filesOf(5)).toHaveLength(3)
})

test('measures a state where it is run', () => {
  const shares = sharesOf({ runs, measured: [planOf('2'), planOf('3')] }, states, 2)

  expect(shares.map(({ measured }) => measured.map(({ name }) => name))).toEqual([['3'], ['2']])
})

test('takes as many workers as there is work, and at most three more than there are cores', () => {
  expect([6, 40, 41, 1000].map((files) => workersFor(files, 2))).toEqual([1, 1, 2, 5])
})

test('runs a test file once for all states in which it loads the same, but to measure what it covers', () => {
  using course = new ThrowawayCourse()
  // What was built on top changes, and the test below it does not load that.
  course.types({
    'steps/04-red-negates/test/less.test.ts': "import { less } from '../src/less.ts'\n",
    'steps/05-green-minus/src/less.ts': 'export const less = 1\n',
  })
  course.deletes('steps/05-green-minus/src/index.ts')
  course.deletes('steps/05-green-minus/step.yaml')
  const folds = foldsOf(course.course)
  const runsOf = (covering: boolean) =>
    plansOf(folds, [], covering).map((plan) => Array.from(plan.runs.values(), ({ file }) => file))

  expect(runsOf(false).at(-1)).toEqual([
    '05-green-minus/test/less.test.ts',
    '03-refactor-own-file/test/sum.test.ts',
  ])
  expect(runsOf(true).at(-1)).toEqual(['05-green-minus/test/less.test.ts', '05-green-minus/test/sum.test.ts'])
})
