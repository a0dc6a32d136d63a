import { expect, test } from 'vitest'
import { stepTexts, ThrowawayCourse } from '../testkit/throwaway-course.ts'

test("part puts the course's own first step of the part there", async () => {
  const files = 'steps/01-red-a/test/a.test.ts'
  using there = new ThrowawayCourse({
    ...stepTexts('01-red-a', 'Ask', 'connection'),
    [files]: "import { test } from 'vitest'\n\ntest('a', () => {})\n",
    ...stepTexts('02-green-a', 'Answer', 'connection'),
    ...stepTexts('03-refactor-b', 'Ask more', 'pool-hygiene'),
  })
  expect((await there.step('part', '2')).stdout).toContain('Step 3 of 3 · ◆ REFACTOR · Ask more')
  expect((await there.step('part', '1')).stdout).toContain('Step 1 of 3 · ✗ RED · Ask')
})
