import { expect, test } from 'vitest'
import { stepTexts, ThrowawayCourse } from '../testkit/throwaway-course.ts'
import { finishOf } from './finish.ts'
import { takeHint } from './hints-taken.ts'
import { listSaves, saveFiles } from './saves.ts'

const withParts = () =>
  new ThrowawayCourse({
    ...stepTexts(
      '01-red-a',
      'A',
      'connection',
      'fails:\n  file: test/a.test.ts\n  test: a\n  error: Error\n  message: a\n',
    ),
    ...stepTexts('02-green-b', 'B', 'connection'),
    'steps/02-green-b/src/index.ts': 'export const a = 1\nexport const b = 2\n',
    ...stepTexts('03-red-c', 'C', 'pool-hygiene'),
  })

test('the end of a part says what was built', () => {
  using there = withParts()
  const { course } = there
  expect(finishOf(course, course.steps[1]!)).toEqual([
    'Finish     Part 1, the seven behaviours: 1 test, each seen failing first, and',
    '           now 2 lines in 1 file of src/ that pass them.',
  ])
})

test('and how many hints were taken in how many days, where that is known', () => {
  using there = withParts()
  const { course } = there
  takeHint(course.root, {}, course.steps[0]!, 2)
  saveFiles(course.root, new Map([['src/index.ts', Buffer.from('mine\n')]]), course.steps[0]!)
  const first = listSaves(course.root)[0]!.at.getTime()
  expect(finishOf(course, course.steps[1]!, new Date(first + 50 * 60 * 60 * 1000)).at(-1)).toBe(
    '           Yours: 2 hints taken, 3 days since your first save.',
  )
})

test('no other step is a finish', () => {
  using there = withParts()
  const { course } = there
  expect(finishOf(course, course.steps[0]!)).toEqual([])
})
