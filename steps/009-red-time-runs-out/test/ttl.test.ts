import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { getRedisClient } from '../src/index.ts'

beforeEach(() => {
  vi.useFakeTimers()
})

afterEach(() => {
  vi.useRealTimers()
})

test('forgets a key when its TTL has run out', async () => {
  const client = await getRedisClient()
  await client?.set('ttl:session', 'ada', 'EX', 10)

  vi.advanceTimersByTime(9_999)
  expect(await client?.get('ttl:session')).toBe('ada')

  vi.advanceTimersByTime(1)
  expect(await client?.get('ttl:session')).toBeNull()
})
