import { randomUUID } from 'node:crypto'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { semanticCache, type Embedder } from '../../src/cache/index.ts'
import { closeRedisClient } from '../../src/index.ts'
import { hashingEmbedder } from './hashing-embedder.ts'

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
