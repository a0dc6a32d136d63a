import { expect, test, vi } from 'vitest'
import { closeRedisClient, getRedisClient } from '../src/index.ts'

test('gives every caller the same client', async () => {
  const first = await getRedisClient()
  const second = await getRedisClient()

  expect(first === second, 'both callers hold the same client').toBe(true)
})

test('ends the client when it is closed, and gives the next caller a new one', async () => {
  const first = await getRedisClient()
  const ended = vi.fn<() => void>()
  first?.once('end', ended)

  await closeRedisClient()
  await closeRedisClient()

  await vi.waitFor(() => expect(ended).toHaveBeenCalledOnce(), { timeout: 1_000, interval: 5 })
  expect((await getRedisClient()) === first, 'the ended client is given out again').toBe(false)
})
