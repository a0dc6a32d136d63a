import { afterEach, expect, test, vi } from 'vitest'
import { closeRedisClient, getRedisClient, withConnection } from '../src/index.ts'
import { closedUrl, stopListening } from './loopback.ts'

afterEach(async () => {
  vi.useRealTimers()
  await closeRedisClient()
  await stopListening()
})

test('answers null, instead of throwing, when nobody listens', async () => {
  const url = closedUrl
  const use = vi.fn<() => Promise<string>>(async () => 'used')
  vi.useFakeTimers()

  const client = await getRedisClient({ url, useFake: false })
  expect(client === null, 'getRedisClient answers null').toBe(true)

  await closeRedisClient()
  expect(await withConnection(use, { url, useFake: false })).toBeNull()
  expect(use).not.toHaveBeenCalled()
  expect(vi.getTimerCount(), 'timers that would try again behind our back').toBe(0)
})
