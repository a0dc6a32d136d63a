import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { closeRedisClient, getRedisClient } from '../src/index.ts'

beforeEach(() => {
  vi.useFakeTimers()
})

afterEach(async () => {
  vi.useRealTimers()
  await closeRedisClient()
})

test('forgets a key when its TTL has run out', async () => {
  const client = await getRedisClient()
  await client?.set('ttl:session', 'ada', 'EX', 10)

  vi.advanceTimersByTime(9_999)
  expect(await client?.get('ttl:session')).toBe('ada')

  vi.advanceTimersByTime(1)
  expect(await client?.get('ttl:session')).toBeNull()
})

test('counts the seconds a key has left; -1 means no expiry, -2 no such key', async () => {
  const client = await getRedisClient()
  await client?.set('ttl:short', 'x', 'EX', 10)
  await client?.set('ttl:for-ever', 'x')

  vi.advanceTimersByTime(4_000)
  expect(await client?.ttl('ttl:short')).toBe(6)
  expect(await client?.ttl('ttl:for-ever')).toBe(-1)
  expect(await client?.ttl('ttl:never-stored')).toBe(-2)

  vi.advanceTimersByTime(6_000)
  expect(await client?.ttl('ttl:short')).toBe(-2)
})
