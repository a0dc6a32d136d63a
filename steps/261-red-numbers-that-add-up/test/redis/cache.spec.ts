import { afterAll, beforeAll, expect, test } from 'vitest'
import { semanticCache, type Embedder } from '../../src/cache/index.ts'
import { closeRedisClient, getRedisClient } from '../../src/index.ts'
import { RealServer } from './server.ts'

// The cache's own tests run on a real server as well (vitest.redis.config.ts). This is what they cannot show on a fake.

let server: RealServer

beforeAll(async () => {
  server = await RealServer.start()
})

afterAll(async () => {
  await closeRedisClient()
  await server.stop()
})

const redis = () => getRedisClient({ url: server.url, useFake: false, logger: { warn: () => {} } })
const alike: Embedder = { id: 'all alike', embed: async () => [1, 0] }
const question = (prompt: string) => ({ prompt, tags: ['all'] })

test('the shared client lets a transaction pass, and each key has a time to live', async () => {
  const cache = semanticCache({ redis, ttl: 60 })
  const id = await cache.store(question('Is it open?'), 'Yes')
  expect(await semanticCache({ redis }).lookup({ prompt: 'is it open' })).toMatchObject({ id, answer: 'Yes' })
  const client = await redis()
  const keys = (await client?.keys('*')) ?? []
  expect(keys).toHaveLength(2)
  for (const key of keys) expect(await client?.ttl(key), key).toBeOneOf([59, 60])
  expect(await cache.invalidate({ tag: 'all' })).toBe(1)
})

test('what a full server has evicted is not served', async () => {
  const cache = semanticCache({ redis, embedder: alike })
  await cache.store(question('Is it open?'), 'Yes')
  expect(await cache.lookup(question('Is it not shut?'))).toBeNull()
  expect(await cache.lookup(question('Open?'))).toMatchObject({ source: 'semantic', answer: 'Yes' })
  await server.call('CONFIG', 'SET', 'maxmemory-policy', 'volatile-lru')
  await server.call('CONFIG', 'SET', 'maxmemory', '1')
  expect(await cache.wrap(question('Open?'), async () => 'No'), 'nothing can be stored either').toBe('No')
  await server.call('CONFIG', 'SET', 'maxmemory', '0')
  expect(cache.stats()).toMatchObject({ semantic: 1, misses: 2, errors: 1 })
  expect(await cache.lookup(question('Open?'))).toBeNull()
  expect(cache.stats()).toMatchObject({ stale: 1 })
})

test('a frozen server costs the time limit and no answer', async () => {
  const cache = semanticCache({ redis, timeout: 200 })
  await cache.store(question('Is it open?'), 'Yes')
  server.freeze()
  try {
    expect(await cache.wrap(question('Is it open?'), async () => 'from the model')).toBe('from the model')
    expect(cache.stats().errors, 'looking up, and storing').toBe(2)
  } finally {
    server.thaw()
  }
})
