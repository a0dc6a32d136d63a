import { expect, test } from 'vitest'
import { stepTexts, ThrowawayCourse } from '../testkit/throwaway-course.ts'

const inParts = () =>
  new ThrowawayCourse({
    ...stepTexts('01-red-a', 'Ask', 'connection'),
    ...stepTexts('02-green-a', 'Answer', 'connection'),
    ...stepTexts('03-red-b', 'Ask more', 'pool-hygiene'),
  })

test('list shows parts and chapters, and how long doing them takes', async () => {
  using there = inParts()
  const { stdout } = await there.step('list')
  expect(stdout.replaceAll(/\s+/g, ' ')).toContain(
    'Part 1 · the seven behaviours · about 10 minutes Chapter 1 of 2 · connection · about 10 minutes',
  )
  expect(stdout).toContain('Part 2 · production · about 5 minutes')
})

test('a step says in which part it is', async () => {
  using there = inParts()
  expect((await there.step()).stdout).toContain('Part 1 · Chapter 1 of 2 · connection')
})

test('part says which parts there are, when it is asked for none of them', async () => {
  using there = inParts()
  for (const words of [['part'], ['part', '3'], ['part', 'two']]) {
    expect(await there.step(...words)).toRefuse(
      'Expected the number of a part (1 to 2)',
      '2 production: from step 3, about 5 minutes',
    )
  }
  using none = new ThrowawayCourse()
  expect(await none.step('part', '1')).toRefuse('This course has no parts.')
})
