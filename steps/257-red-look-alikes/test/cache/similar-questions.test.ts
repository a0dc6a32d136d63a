import { randomUUID } from 'node:crypto'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { FlatIndex, semanticCache, type Embedder } from '../../src/cache/index.ts'
import { closeRedisClient } from '../../src/index.ts'
import { hashingEmbedder } from './hashing-embedder.ts'
import { lookAlikes, paraphrases } from './look-alikes.ts'

// Time stands still: on a busy machine, too, nothing takes longer than it may.
beforeEach(() => {
  vi.useFakeTimers({ toFake: ['Date', 'setTimeout', 'clearTimeout'] })
})

afterEach(async () => {
  vi.useRealTimers()
  await closeRedisClient()
})

/** The vector with this similarity to [1, 0]. */
const at = (similarity: number) => [similarity, Math.sqrt(1 - similarity * similarity)]

/** Knows the vectors of a few texts. */
const knows = (vectors: Readonly<Record<string, readonly number[]>>): Embedder => ({
  id: 'table',
  embed: async (text) => vectors[text] ?? [],
})

test('serves a question that is alike, from the threshold on', async () => {
  const asked = 'How do I reset my password?'
  const vectors = {
    [asked]: [2, 0],
    enough: [19, Math.sqrt(39)],
    little: at(0.9499),
    square: [0, 1],
    less: [-1, 9],
  }
  const embedder = knows(vectors)
  const embed = vi.spyOn(embedder, 'embed')
  const tenant = randomUUID()
  const cache = semanticCache({ embedder, env: {} })
  const id = await cache.store({ prompt: asked, tenant }, 'Click on "Forgot?".')

  const answer = { id, answer: 'Click on "Forgot?".' }
  expect(await cache.lookup({ prompt: 'enough', tenant })).toEqual({
    ...answer,
    source: 'semantic',
    similarity: expect.closeTo(0.95, 6),
  })
  expect(await cache.lookup({ prompt: 'little', tenant })).toBeNull()
  embed.mockClear()
  expect(await cache.lookup({ prompt: asked, tenant })).toEqual({ ...answer, source: 'exact', similarity: 1 })
  expect(embed, 'for the same question').not.toHaveBeenCalled()

  for (const [options, hit, miss] of [
    [{ env: { CACHE_SIMILARITY_THRESHOLD: '0.9499' } }, 'little', 'square'],
    [{ env: { CACHE_SIMILARITY_THRESHOLD: '1' }, threshold: 0 }, 'square', 'less'],
  ] as const) {
    const other = semanticCache({ ...options, embedder })
    await other.store({ prompt: asked, tenant }, 'Click.')
    expect(await other.lookup({ prompt: hit, tenant }), hit).toMatchObject({ answer: 'Click.' })
    expect(await other.lookup({ prompt: miss, tenant }), miss).toBeNull()
  }
  for (const threshold of [-0.01, 1.01, Number.NaN]) {
    expect(() => semanticCache({ threshold })).toThrow(
      new RangeError(
        `Expected CACHE_SIMILARITY_THRESHOLD to be a number from 0 to 1, but "${threshold}" came`,
      ),
    )
  }
  expect(semanticCache({ threshold: 1 })).toBeDefined()

  const real = semanticCache({ embedder: hashingEmbedder, threshold: 0.7 })
  await real.store({ prompt: 'Where can I park my bike?', tenant }, 'In the hall.')
  await real.store({ prompt: 'Where can I park my car?', tenant }, 'Behind the house.')
  const found = { source: 'semantic', answer: 'Behind the house.' }
  expect(await real.lookup({ prompt: 'Where can I park the car?', tenant })).toMatchObject(found)
  expect(await real.lookup({ prompt: 'When is breakfast?', tenant })).toBeNull()
})

test('serves only what Redis still has, of the same scope, and tries the next when the nearest is gone', async () => {
  const embedder = knows({ asked: [1, 0], near: at(0.99), nearer: at(0.999), far: at(0.96) })
  const cache = semanticCache({ embedder, ttl: 60 })
  const tenant = randomUUID()
  const store = async (prompt: string) => (await cache.store({ prompt, tenant }, `answer to ${prompt}`)) ?? ''
  const answer = async () => (await cache.lookup({ prompt: 'asked', tenant }))?.answer
  await store('far')
  const nearer = await store('nearer')
  vi.advanceTimersByTime(1_000)
  await store('near')
  expect(await cache.lookup({ prompt: 'asked', tenant: randomUUID() }), 'of another tenant').toBeNull()

  expect(await answer()).toBe('answer to nearer')
  await cache.invalidate({ id: nearer })
  expect(await answer(), 'when the nearest was taken out').toBe('answer to near')
  vi.advanceTimersByTime(59_000)
  expect(await answer(), 'when the one left is about to expire').toBe('answer to near')
  vi.advanceTimersByTime(1_000)
  expect(await answer(), 'when all have expired').toBeUndefined()

  const index = new FlatIndex()
  const other = semanticCache({ embedder, index: () => index })
  const kept = (await other.store({ prompt: 'near', tenant }, 'answer')) ?? ''
  expect(index.search(Float32Array.of(1, 0), 0.9)).toEqual([
    { id: kept, similarity: expect.closeTo(0.99, 6) },
  ])
  await other.invalidate({ id: kept })
  expect(await other.lookup({ prompt: 'asked', tenant })).toBeNull()
  expect(index.search(Float32Array.of(1, 0), 0.9), 'what was found to be gone').toEqual([])

  const failing = { add: () => Promise.reject(new Error('disk full')), remove: () => {}, search: () => [] }
  const full = semanticCache({ embedder, index: () => failing })
  expect(await full.store({ prompt: 'near', tenant }, 'answer'), 'when the index fails').toBeNull()

  const added = vi.fn<() => void>()
  const add = () => new Promise((resolve) => setImmediate(resolve)).then(added)
  const slow = semanticCache({ embedder, index: () => ({ ...failing, add }) })
  await slow.wrap({ prompt: 'far', tenant: randomUUID() }, async () => 'answer')
  expect(added, 'stored when it is answered').toHaveBeenCalledOnce()

  const two = new FlatIndex(2)
  const [one, across] = [Float32Array.of(1, 0), Float32Array.of(0, 1)]
  for (const [id, vector] of [
    ['a', one],
    ['b', one],
    ['a', across],
    ['c', one],
  ] as const)
    two.add(id, vector)
  expect(two.search(one, 1), 'the oldest has gone').toEqual([{ id: 'c', similarity: 1 }])
  expect(two.search(across, 0.9), 'stored again, it is new').toEqual([{ id: 'a', similarity: 1 }])
  const many = new FlatIndex()
  for (let id = 0; id <= 10_000; id += 1) many.add(`${id}`, one)
  const ids = many.search(one, 0.9).map(({ id }) => id)
  expect([ids.length, ids.includes('0'), ids.includes('1')]).toEqual([10_000, false, true])
})

test('does not take a look-alike for the same question', async () => {
  const alike: Embedder = { id: 'all alike', embed: async () => [1] }
  const served = async (stored: string, asked: string, options = {}) => {
    const cache = semanticCache({ embedder: alike, ...options })
    const tenant = randomUUID()
    await cache.store({ prompt: stored, tenant }, 'answer')
    return (await cache.lookup({ prompt: asked, tenant })) !== null
  }
  const wrong: string[] = []
  for (const [one, other] of lookAlikes) {
    if (await served(one, other)) wrong.push(`${one} | ${other}`)
    if (await served(other, one)) wrong.push(`${other} | ${one}`)
  }
  expect(wrong, 'look-alikes that got the answer').toEqual([])
  const missed: string[] = []
  for (const [one, other] of paraphrases) if (!(await served(one, other))) missed.push(`${one} | ${other}`)
  expect(missed, 'paraphrases that did not get it').toEqual([])

  const verify = vi.fn<(asked: string, stored: string) => Promise<boolean>>(async () => true)
  expect(await served('Who wrote it?', 'Who is its author?', { verify })).toBe(true)
  expect(verify.mock.calls).toEqual([['Who is its author?', 'Who wrote it?']])
  expect(await served('Turn it on', 'Turn it off', { verify })).toBe(false)
  expect(verify, 'of what the guard has turned down').toHaveBeenCalledTimes(1)
  expect(await served('Who wrote it?', 'Who is its author?', { verify: async () => false })).toBe(false)
  const broken = async () => {
    throw new Error('overloaded')
  }
  expect(await served('Who wrote it?', 'Who is its author?', { verify: broken }), 'no verdict').toBe(false)
})
