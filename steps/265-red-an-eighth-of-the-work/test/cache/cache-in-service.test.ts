import { randomUUID } from 'node:crypto'
import * as fc from 'fast-check'
import type { Redis } from 'ioredis'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { FlatIndex, semanticCache, toPrometheus } from '../../src/cache/index.ts'
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

test('refuses an index that another embedder uses, whatever their ids', async () => {
  const index = new FlatIndex()
  const embedderOf = (vector: number[]) => ({ id: 'one', embed: async () => vector })
  const [one, other] = [embedderOf([1, 0]), embedderOf([1, 0])]
  const tenant = randomUUID()
  await semanticCache({ embedder: one, index: () => index }).store({ prompt: 'Is it on?', tenant }, 'Yes')

  expect(() => semanticCache({ embedder: other, index: () => index })).toThrow(
    new RangeError('Expected an index of its own for the embedder "one", but another one, "one", uses it'),
  )
  const second = () => semanticCache({ embedder: one, index: () => index })
  expect(second, 'with the same').not.toThrow()
  expect(await second().lookup({ prompt: 'Is it lit?', tenant }), 'what the first stored').toMatchObject({
    answer: 'Yes',
  })
  expect(semanticCache({ embedder: other }), 'with an index of its own').toBeDefined()
  expect(semanticCache({ index: () => index }), 'without an embedder').toBeDefined()
})

test('finds what a plain loop finds, with less than an eighth of its products', () => {
  const unit = (values: readonly number[]) => {
    const length = Math.hypot(...values)
    return Float32Array.from(values, (value) => value / length)
  }
  const product = (one: Float32Array, other: Float32Array) =>
    one.reduce((sum, value, index) => sum + value * (other[index] ?? 0), 0)
  const vectorOf = (dimensions: number) =>
    fc
      .array(fc.integer({ min: -9, max: 9 }), { minLength: dimensions, maxLength: dimensions })
      .filter((values) => values.some((value) => value !== 0))
      .map(unit)
  const cases = fc.integer({ min: 1, max: 50 }).chain((dimensions) =>
    fc.record({
      asked: vectorOf(dimensions),
      stored: fc.array(fc.record({ id: fc.integer({ min: 0, max: 9 }), vector: vectorOf(dimensions) }), {
        maxLength: 12,
      }),
      removed: fc.array(fc.integer({ min: 0, max: 9 }), { maxLength: 5 }),
      at: fc.nat(),
    }),
  )
  fc.assert(
    fc.property(cases, ({ asked, stored, removed, at }) => {
      const index = new FlatIndex(5)
      const loop = new Map<string, Float32Array>()
      const add = (id: string, vector: Float32Array) => {
        index.add(id, vector)
        loop.delete(id)
        loop.set(id, vector)
        for (const oldest of [...loop.keys()].slice(0, -5)) loop.delete(oldest)
      }
      for (const { id, vector } of stored) add(`${id}`, vector)
      for (const id of removed) {
        index.remove(`${id}`)
        loop.delete(`${id}`)
      }
      add('the same', asked)
      const similarities = Array.from(loop, ([id, vector]) => ({ id, similarity: product(asked, vector) }))
      // From one of those that there are: at the very edge.
      const least = (similarities[at % similarities.length]?.similarity ?? 0) - 1e-9
      const expected = similarities.filter(({ similarity }) => similarity >= least)
      const found = index.search(asked, least)
      expect(Object.fromEntries(found.map(({ id, similarity }) => [id, similarity]))).toEqual(
        Object.fromEntries(expected.map(({ id, similarity }) => [id, expect.closeTo(similarity, 6)])),
      )
      expect(found).toEqual(found.toSorted((one, other) => other.similarity - one.similarity))
    }),
    { seed: 1, numRuns: 50 },
  )

  let state = 1
  const random = () => (state = (state * 48_271) % 2_147_483_647) / 2_147_483_647 - 0.5
  const made = () => unit(Array.from({ length: 384 }, random))
  const index = new FlatIndex()
  for (let id = 0; id < 300; id += 1) index.add(`${id}`, made())
  index.search(made(), 0.95)
  const share = index.products / (300 * 384)
  expect(share, 'the share of products that were computed').toBeLessThan(1 / 8)
  expect(share).toBeGreaterThan(1 / 100)

  const empty = new FlatIndex(1)
  expect(empty.search(made(), 0.95), 'with nothing stored').toEqual([])
  expect(empty.products, 'with nothing to compare with').toBe(0)
  const short = unit([1, 2, 3])
  const refusal = new RangeError('Expected a vector of 384 dimensions, but one of 3 came')
  expect(() => index.add('short', short)).toThrow(refusal)
  expect(() => index.search(short, 0.95)).toThrow(refusal)
})
