import { expect, test } from 'vitest'
import { getRedisClient } from '../src/index.ts'

test('gives every caller the same client', async () => {
  const first = await getRedisClient()
  const second = await getRedisClient()

  expect(first === second, 'both callers hold the same client').toBe(true)
})
