import RedisMock from 'ioredis-mock'
import { afterEach, expect, test, vi } from 'vitest'
import { closeRedisClient, getRedisClient } from '../src/index.ts'

afterEach(closeRedisClient)

test('connects to REDIS_URL, or to localhost without it; a url given by hand comes first', async () => {
  const urls: string[] = []
  const connect = async (url: string) => {
    urls.push(url)
    return new RedisMock()
  }
  const env = { REDIS_URL: 'redis://cache.example:6380/1' }

  await getRedisClient({ connect, env })
  await closeRedisClient()
  await getRedisClient({ connect, env: {} })
  await closeRedisClient()
  await getRedisClient({ connect, env: { REDIS_URL: '' } })
  await closeRedisClient()
  await getRedisClient({ connect, env, url: 'redis://by-hand.example:6379/2' })
  await closeRedisClient()
  vi.stubEnv('REDIS_URL', 'redis://process.example:6379/3')
  await getRedisClient({ connect }).finally(() => vi.unstubAllEnvs())

  expect(urls).toEqual([
    'redis://cache.example:6380/1',
    'redis://localhost:6379/0',
    'redis://localhost:6379/0',
    'redis://by-hand.example:6379/2',
    'redis://process.example:6379/3',
  ])
})
