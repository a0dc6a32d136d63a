import { expect, test } from 'vitest'
import { getRedisClient } from '../src/index.ts'

test('keeps the fields of a hash apart', async () => {
  const client = await getRedisClient()

  await client?.hset('hash:ada', 'name', 'Ada')
  await client?.hset('hash:ada', 'born', '1815')

  expect(await client?.hget('hash:ada', 'name')).toBe('Ada')
  expect(await client?.hget('hash:ada', 'born')).toBe('1815')
  expect(await client?.hget('hash:ada', 'died')).toBeNull()
})
