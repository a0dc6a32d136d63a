import { expect, test } from 'vitest'
import { getRedisClient } from '../src/index.ts'

test('stores a value and reads it back', async () => {
  const client = await getRedisClient()

  expect(await client?.set('set-get:greeting', 'hello')).toBe('OK')

  expect(await client?.get('set-get:greeting')).toBe('hello')
})

test('answers null for a missing key', async () => {
  const client = await getRedisClient()

  expect(await client?.get('set-get:never-stored')).toBeNull()
})
