import { randomUUID } from 'node:crypto'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { semanticCache } from '../../src/cache/index.ts'
import { closeRedisClient } from '../../src/index.ts'

// Time stands still: on a busy machine, too, nothing takes longer than it may.
beforeEach(() => {
  vi.useFakeTimers({ toFake: ['Date', 'setTimeout', 'clearTimeout'] })
})

afterEach(async () => {
  vi.restoreAllMocks()
  vi.useRealTimers()
  await closeRedisClient()
})

test('asks the model once for fifty who ask at once, and stores neither errors nor empty answers', async () => {
  const embed = vi.fn<() => Promise<number[]>>(async () => [1, 0])
  const cache = semanticCache({ embedder: { id: 'one', embed } })
  const tenant = randomUUID()
  const call = vi.fn<() => Promise<string>>(async () => 'Monday')
  const ask = () => cache.wrap({ prompt: 'When do we meet?', tenant }, call)

  expect(await Promise.all(Array.from({ length: 50 }, ask))).toEqual(
    Array.from({ length: 50 }, () => 'Monday'),
  )
  expect(call).toHaveBeenCalledTimes(1)
  expect(embed, 'one embedding, for looking up and storing').toHaveBeenCalledTimes(1)
  await cache.invalidate({ id: (await cache.lookup({ prompt: 'When do we meet?', tenant }))?.id ?? '' })
  await ask()
  expect(call, 'when nothing is under way or stored').toHaveBeenCalledTimes(2)

  const overloaded = new Error('overloaded')
  const down = vi.fn<() => Promise<string>>(async () => {
    throw overloaded
  })
  const who = { prompt: 'Who is there?', tenant: randomUUID() }
  const both = [1, 2].map(() => cache.wrap(who, down))
  expect(await Promise.allSettled(both)).toEqual(
    [1, 2].map(() => ({ status: 'rejected', reason: overloaded })),
  )
  expect(down).toHaveBeenCalledTimes(1)
  for (const answer of ['', ' \n', 42 as unknown as string, 'Ada', 'Grace']) {
    const asked = await cache.wrap(who, async () => answer)
    expect(asked, 'passed through, and not stored').toBe(answer === 'Grace' ? 'Ada' : answer)
  }
})
