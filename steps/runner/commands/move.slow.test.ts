import { afterEach, beforeEach, expect, test } from 'vitest'
import { codeOf, cycles, fiveCycles, orderIn, stateIn } from '../testkit/five-cycles.ts'
import { ThrowawayCourse } from '../testkit/throwaway-course.ts'

let there: ThrowawayCourse
beforeEach(() => {
  there = fiveCycles()
})
afterEach(() => there[Symbol.dispose]())

test('a cycle comes later, those between move up, and the proof follows', async () => {
  const end = stateIn(there, 10)
  expect(await there.step('move', '3', 'after', '6')).toSay(
    'These steps have other numbers now: · steps/03-red-double (was 5) · steps/04-green-double (was 6) · steps/05-red-negate (was 3) · steps/06-green-negate (was 4)',
    'npm run step move undo',
    '✓ GREEN The course is proven',
  )
  expect(orderIn(there).slice(0, 6)).toEqual([
    '1 red add',
    '2 green add',
    '3 red double',
    '4 green double',
    '5 red negate',
    '6 green negate',
  ])
  expect(stateIn(there, 10)).toEqual(end)
})

test('a move that was decided on the way ends with the proof', async () => {
  await there.step('move', '9', '10', 'after', '4')
  there.types({ 'steps/06-green-half/src/sum.ts': codeOf('sum', [cycles[0]!, cycles[4]!]) })
  expect(await there.step('move', 'on')).toSay('steps/07-red-double (was 5)', '✓ GREEN The course is proven')
})

test.each([
  ['a cycle with its refactor', ['1', 'after', '5'], 'negates minus adds three own-file'],
  ['a cycle without it', ['1', '2', 'after', '5'], 'own-file negates minus adds three'],
  ['a refactor alone', ['3', 'after', '5'], 'adds three negates minus own-file'],
])('moves %s', async (_, words, slugs) => {
  using five = new ThrowawayCourse()
  await five.step('move', ...words)
  expect(five.course.steps.map(({ slug }) => slug).join(' ')).toBe(slugs)
})

test('names the lessons whose numbers have changed, and no others', async () => {
  there.types({
    'steps/02-green-add/README.md': '# It can add\n\nMore in step 5.\n',
    'steps/10-green-half/README.md': '# It can half\n\nAs in step 2.\n',
  })
  const { stdout } = await there.step('move', '3', 'after', '6')
  expect(stdout.replace(/\s+/g, ' ')).toContain(
    'These name numbers that have changed: · steps/02-green-add/README.md Commit',
  )
})
