import { randomUUID } from 'node:crypto'
import type { Redis } from 'ioredis'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { semanticCache, toPrometheus } from '../../src/cache/index.ts'
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

test('counts what it does, with percentiles, and tells Prometheus', async () => {
  const tenant = randomUUID()
  const at = (similarity: number) => [similarity, Math.sqrt(1 - similarity * similarity)]
  const vectors: Record<string, number[]> = {
    'Is it on?': [1, 0],
    'Is it running?': at(0.96),
    'Is it off?': at(0.99),
    'Was it on?': at(0.92),
    'Is it Monday?': at(0.89),
    'Is it May?': at(0.89),
    nothing: [0, 0],
    infinite: [Infinity, 1],
  }
  const onError = vi.fn<(error: unknown) => void>()
  const embedder = { id: 'table', embed: async (text: string) => vectors[text] ?? [Number.NaN] }
  const cache = semanticCache({ embedder, onError, threshold: 0.95 })
  const ask = (prompt: string) => cache.wrap({ prompt, tenant }, async () => `answer to ${prompt}`)
  expect(cache.stats()).toMatchObject({ lookups: 0, milliseconds: null, nearest: null })

  await ask('Is it on?')
  await ask('is it on')
  await ask('Is it running?')
  await Promise.all([ask('Is it off?'), ask('Is it off?')])
  await cache.invalidate({ id: (await cache.lookup({ prompt: 'Is it off?', tenant }))?.id ?? '' })
  await cache.lookup({ prompt: 'Is it running?', tenant })
  await cache.lookup({ prompt: 'Was it on?', tenant })
  await cache.lookup({ prompt: 'Is it Monday?', tenant })
  await cache.lookup({ prompt: 'Is it May?', tenant })
  const counts = { exact: 2, semantic: 2, misses: 5, guarded: 1, stale: 1, coalesced: 1 }
  expect(cache.stats()).toMatchObject({ lookups: 9, saved: 5, errors: 0, ...counts })
  expect(cache.stats().nearest).toEqual({
    p50: expect.closeTo(0.96, 6),
    p95: expect.closeTo(0.99, 6),
    p99: expect.closeTo(0.99, 6),
  })

  for (const prompt of ['nothing', 'infinite', 'NaN']) await cache.lookup({ prompt, tenant })
  expect(cache.stats()).toMatchObject({ lookups: 12, misses: 8, errors: 3 })
  expect(onError.mock.calls.map(([error]) => error)).toEqual(
    [0, Infinity, Number.NaN].map(
      (length) =>
        new RangeError(`Expected "table" to make a vector with a direction, but its length is ${length}`),
    ),
  )
  const quiet = semanticCache({ redis: async () => null })
  expect([await quiet.lookup({ prompt: 'a' }), quiet.stats().errors]).toEqual([null, 1])

  const silent = semanticCache({ onError, redis: () => new Promise(() => {}) })
  const miss = silent.lookup({ prompt: 'a' })
  await vi.advanceTimersByTimeAsync(500)
  expect([await miss, onError.mock.lastCall]).toEqual([null, [new Error('no answer within 500 ms')]])

  let now = 0
  vi.spyOn(performance, 'now').mockImplementation(() => now)
  let takes = 5_000
  const get = async () => {
    now += takes
    return null
  }
  const slow = semanticCache({ redis: async () => ({ get }) as unknown as Redis })
  for (takes of [5_000, 1, ...Array.from({ length: 999 }, (_, index) => 1_000 - index)]) {
    await slow.lookup({ prompt: 'a' })
  }
  expect(slow.stats().milliseconds, 'of the last 1,000').toEqual({ p50: 500, p95: 950, p99: 990 })
  expect(toPrometheus({ ...slow.stats(), ...counts, errors: 3, saved: 5 })).toBe(`\
# TYPE semantic_cache_lookups_total counter
semantic_cache_lookups_total{result="exact"} 2
semantic_cache_lookups_total{result="semantic"} 2
semantic_cache_lookups_total{result="miss"} 5
# TYPE semantic_cache_guarded_total counter
semantic_cache_guarded_total 1
# TYPE semantic_cache_stale_total counter
semantic_cache_stale_total 1
# TYPE semantic_cache_coalesced_total counter
semantic_cache_coalesced_total 1
# TYPE semantic_cache_errors_total counter
semantic_cache_errors_total 3
# TYPE semantic_cache_saved_total counter
semantic_cache_saved_total 5
# TYPE semantic_cache_lookup_milliseconds gauge
semantic_cache_lookup_milliseconds{quantile="0.50"} 500
semantic_cache_lookup_milliseconds{quantile="0.95"} 950
semantic_cache_lookup_milliseconds{quantile="0.99"} 990
# TYPE semantic_cache_nearest_similarity gauge
`)
})
