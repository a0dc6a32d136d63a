import { expect, test } from 'vitest'
import { ThrowawayCourse } from '../testkit/throwaway-course.ts'

test('the command refuses a word that is no green, no refactor and not "finished"', async () => {
  using course = new ThrowawayCourse()

  for (const word of ['1', '99', 'nonsense']) {
    expect(await course.step('mutation', word)).toRefuse(`this came: ${word}`)
  }
})
