import { readdirSync } from 'node:fs'
import { afterEach, beforeEach, expect, test } from 'vitest'
import {
  codeOf,
  cycles,
  everythingIn,
  fiveCycles,
  orderIn,
  stateIn,
  testsOf,
} from '../testkit/five-cycles.ts'
import type { ThrowawayCourse } from '../testkit/throwaway-course.ts'
import { goOn, moveCycles, undoMove } from './move.ts'
import { insertCycle } from './renumber.ts'

let there: ThrowawayCourse
beforeEach(() => {
  there = fiveCycles()
})
afterEach(() => there[Symbol.dispose]())

test('a run of cycles comes earlier, as far as the beginning', () => {
  const end = stateIn(there, 10)
  expect(moveCycles(there.course, { first: 3, last: 4, after: 0 }).undecided).toEqual([])
  expect(orderIn(there).slice(0, 4)).toEqual(['1 red negate', '2 green negate', '3 red add', '4 green add'])
  expect(moveCycles(there.course, { first: 7, last: 8, after: 2 }).undecided).toEqual([])
  expect(moveCycles(there.course, { first: 1, last: 4, after: 8 }).undecided).toEqual([])
  expect(orderIn(there).filter((_, index) => index % 2 === 0)).toEqual([
    '1 red add',
    '3 red double',
    '5 red negate',
    '7 red twice',
    '9 red half',
  ])
  expect(stateIn(there, 10)).toEqual(end)
})

test('the tests of a file follow the cycles, whatever was between them', () => {
  moveCycles(there.course, { first: 9, last: 10, after: 4 })
  expect(stateIn(there, 5)['test/sum.test.ts']).toBe(testsOf('sum', [cycles[0]!, cycles[4]!]))
})

test('a move stops where both sides want the same place, and goes on from what was decided', () => {
  const end = stateIn(there, 10)
  const half = 'steps/06-green-half/src/sum.ts'
  const { undecided } = moveCycles(there.course, { first: 9, last: 10, after: 4 })
  expect(undecided).toMatchObject([{ path: half, what: 'both sides changed the same place' }])
  expect(undecided[0]?.sides).toContain('<<<<<<< what is there before this step now')
  expect(() => goOn(there.root)).toThrow(`There are still both sides in ${half}.`)

  there.types({ [half]: codeOf('sum', [cycles[0]!, cycles[4]!]) })
  expect(goOn(there.root).undecided).toEqual([])
  expect(stateIn(there, 10)).toEqual(end)
  expect(() => goOn(there.root)).toThrow('No move has stopped here.')
})

test('a move stops where a file is not there yet', () => {
  const { undecided } = moveCycles(there.course, { first: 3, last: 4, after: 8 })
  expect(undecided).toEqual([
    {
      path: 'steps/05-red-twice/test/less.test.ts',
      what: 'at its new place there is no such file yet: leave in it what belongs to this step, or delete it',
      sides: '',
    },
  ])
})

test('a removal goes along; where it is of something else by now, a person looks', () => {
  const contract = 'steps/10-green-half/step.yaml'
  there.types({ [contract]: `${there.reads(contract)}removes:\n  - src/less.ts\n` })
  expect(moveCycles(there.course, { first: 5, last: 6, after: 8 }).undecided).toEqual([])

  const { undecided } = moveCycles(there.course, { first: 9, last: 10, after: 4 })
  expect(undecided).toMatchObject([
    { path: 'steps/06-green-half/src/sum.ts' },
    { path: 'steps/06-green-half/src/less.ts', what: expect.stringContaining('is not as it was') },
  ])
  there.types({ 'steps/06-green-half/src/sum.ts': codeOf('sum', [cycles[0]!, cycles[4]!]) })
  expect(goOn(there.root).undecided).toMatchObject([
    { path: 'steps/08-green-twice/src/less.ts', what: expect.stringContaining('name it under "removes"') },
  ])
})

test('a step holds no file that is as it was before', () => {
  const odd = (step: string) => `steps/${step}/src/odd.ts`
  there.types({
    [odd('02-green-add')]: 'one\n',
    [odd('04-green-negate')]: 'two\n',
    [odd('06-green-double')]: 'one\n',
  })
  expect(moveCycles(there.course, { first: 5, last: 6, after: 2 }).undecided).toEqual([])
  expect([odd('04-green-double'), odd('06-green-negate')].map((path) => there.reads(path))).toEqual([
    null,
    null,
  ])
})

test('undo brings the steps back, byte for byte, finished or not, and keeps what was there', () => {
  const lesson = 'steps/03-red-negate/README.md'
  there.types({ [lesson]: `${there.reads(lesson)}Not committed.\n` })
  const before = everythingIn(there)

  moveCycles(there.course, { first: 3, last: 4, after: 6 })
  there.types({ 'steps/05-red-negate/README.md': '# Written after the move\n' })
  undoMove(there.root)
  expect(everythingIn(there)).toEqual(before)
  const [kept = ''] = readdirSync(there.path('.course/move/undone'))
  expect(there.reads(`.course/move/undone/${kept}/05-red-negate/README.md`)).toBe(
    '# Written after the move\n',
  )

  moveCycles(there.course, { first: 9, last: 10, after: 4 })
  there.deletes('steps/06-green-half/README.md')
  undoMove(there.root)
  expect(everythingIn(there)).toEqual(before)
  expect(() => undoMove(there.root)).toThrow('There is no move to take back here.')
})

test('undo touches nothing when the steps have other numbers since', () => {
  moveCycles(there.course, { first: 3, last: 4, after: 6 })
  insertCycle(there.course, 1, 'zero')
  const before = orderIn(there)
  expect(() => undoMove(there.root)).toThrow('steps/05-red-negate is not there')
  expect(orderIn(there)).toEqual(before)
})
