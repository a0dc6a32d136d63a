import { afterEach, expect, test } from 'vitest'
import { closeRedisClient, getRedisClient } from '../src/index.ts'

afterEach(closeRedisClient)

test('answers PING', async () => {
  const client = await getRedisClient()

  expect(await client?.ping()).toBe('PONG')
})
