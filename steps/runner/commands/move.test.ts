import { afterEach, beforeEach, expect, test } from 'vitest'
import { everythingIn, fiveCycles, orderIn } from '../testkit/five-cycles.ts'
import type { ThrowawayCourse } from '../testkit/throwaway-course.ts'

let there: ThrowawayCourse
beforeEach(() => {
  there = fiveCycles()
})
afterEach(() => there[Symbol.dispose]())

test('move shows what is to be decided, and what to type; undo takes it back', async () => {
  const before = everythingIn(there)
  const half = 'steps/06-green-half/src/sum.ts'
  expect(await there.step('move', '9', '10', 'after', '4')).toRefuse(
    `✗ ${half}: both sides changed the same place. <<<<<<< what is there before this step now`,
    '>>>>>>> what this step made of it',
    'Make it right there: as the step is to be after those before it now. Type then: npm run step move on',
    'npm run step move undo',
  )
  expect(await there.step('move', 'on')).toRefuse(`There are still both sides in ${half}.`)
  expect(there.reads(half)).toContain('<<<<<<<')
  expect(await there.step('move', 'undo')).toSay('The steps are as they were before the move.')
  expect(everythingIn(there)).toEqual(before)
})

test.each([
  [[], 'Expected steps, the word after, and a step, but nothing came.'],
  [['3', '4'], 'Expected steps, the word after, and a step, but "3 4" came.'],
  [['after', '4'], 'Expected steps, the word after, and a step, but "after 4" came.'],
  [['3', '4', 'after'], 'Expected steps, the word after, and a step, but "3 4 after" came.'],
  [['3', '4', 'before', '1'], 'Expected steps, the word after, and a step, but "3 4 before 1" came.'],
  [['4', 'after', '8'], 'Expected another step to begin: step 4 is a green, and its red would stay behind.'],
  [
    ['3', '5', 'after', '8'],
    'Expected another step to end: step 5 is a red, and its green would stay behind.',
  ],
  [['3', 'after', '7'], 'Expected another step to come after: step 7 is a red, and its green follows.'],
  [['5', '4', 'after', '8'], 'Expected a last step behind 5, but 4 came.'],
  [['3', 'after', '2'], 'The steps 3 to 4 are behind step 2 already.'],
  [['3', '6', 'after', '4'], 'The steps 3 to 6 are behind step 2 already.'],
  [['3', 'after', '11'], 'Expected the number of a step (1 to 10), but "11" came.'],
  [['undo'], 'There is no move to take back here.'],
  [['on'], 'No move has stopped here.'],
])('refuses %j, and nothing has moved', async (words, reason) => {
  const before = everythingIn(there)
  expect(await there.step('move', ...words)).toRefuse(reason)
  expect(everythingIn(there)).toEqual(before)
})

test('moves nothing in a damaged course', async () => {
  there.deletes('steps/02-green-add')
  expect(await there.step('move', '3', 'after', '6')).toRefuse('The course itself is damaged')
  expect(orderIn(there)[1]).toBe('3 red negate')
})
