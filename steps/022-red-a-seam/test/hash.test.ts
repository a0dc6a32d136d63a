import { afterEach, expect, test } from 'vitest'
import { closeRedisClient, getRedisClient } from '../src/index.ts'

afterEach(closeRedisClient)

test('keeps the fields of a hash apart', async () => {
  const client = await getRedisClient()

  await client?.hset('hash:ada', 'name', 'Ada')
  await client?.hset('hash:ada', 'born', '1815')

  expect(await client?.hget('hash:ada', 'name')).toBe('Ada')
  expect(await client?.hget('hash:ada', 'born')).toBe('1815')
  expect(await client?.hget('hash:ada', 'died')).toBeNull()
})

test('answers a hash as a whole, without the fields that were deleted', async () => {
  const client = await getRedisClient()
  await client?.hset('hash:grace', 'name', 'Grace')
  await client?.hset('hash:grace', 'rank', 'commodore')
  await client?.hset('hash:grace', 'draft', 'x')

  expect(await client?.hdel('hash:grace', 'draft', 'no-such-field')).toBe(1)

  expect(await client?.hgetall('hash:grace')).toEqual({ name: 'Grace', rank: 'commodore' })
})
