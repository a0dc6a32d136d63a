import { expect, test } from 'vitest'
import { getRedisClient } from '../src/index.ts'

test('answers PING', async () => {
  const client = await getRedisClient()

  expect(await client?.ping()).toBe('PONG')
})
