import { Redis } from 'ioredis'
import RedisMock from 'ioredis-mock'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { closeRedisClient, getRedisClient } from '../../src/index.ts'
import { RealServer } from './server.ts'

// What is true on the fake and not on a real server: each difference, shown on both. docs/real-redis.md tells them.

let server: RealServer

beforeAll(async () => {
  server = await RealServer.start()
})

afterAll(async () => {
  await closeRedisClient()
  await server.stop()
})

interface Difference {
  readonly what: string
  ask(client: Redis): unknown
  readonly fake: unknown
  readonly real: unknown
}

const differences: readonly Difference[] = [
  {
    what: 'a key whose TTL runs out while the test advances its clock',
    ask: async (client) => {
      vi.useFakeTimers()
      await client.set('clock', 'x', 'EX', 10)
      vi.advanceTimersByTime(10_000)
      return client.get('clock')
    },
    fake: null,
    real: 'x',
  },
  {
    what: 'a TTL of nothing',
    ask: (client) => client.set('nothing', 'x', 'EX', 0),
    fake: 'OK',
    real: "ERR invalid expire time in 'set' command",
  },
  {
    what: 'a command after quit',
    ask: async (client) => {
      await client.quit()
      return client.ping()
    },
    fake: 'PONG',
    real: 'Connection is closed.',
  },
  {
    what: 'the status of a client that works',
    ask: async (client) => {
      await client.ping()
      return client.status
    },
    fake: undefined,
    real: 'ready',
  },
  {
    what: 'another database',
    ask: (client) => client.select(1),
    fake: expect.stringContaining('Unsupported command: "select"'),
    real: 'OK',
  },
  {
    what: 'a command that waits',
    ask: (client) => client.blpop('queue', 0.01),
    fake: expect.stringContaining('Unsupported command: "blpop"'),
    real: null,
  },
  {
    what: 'a transaction with a command that cannot work',
    ask: async (client) => {
      await client.set('text', 'x')
      const results = await client.multi().incr('text').set('after', '1').exec()
      return results?.map(([error, result]) => error?.message ?? result)
    },
    fake: [Number.NaN, 'OK'],
    real: ['ERR value is not an integer or out of range', 'OK'],
  },
]

const answer = async (ask: () => unknown) => {
  try {
    return await ask()
  } catch (error) {
    return error instanceof Error ? error.message : error
  } finally {
    vi.useRealTimers()
  }
}

describe('fake and real answer differently:', () => {
  test.for(differences.map((each) => [each.what, each] as const))('%s', async ([, { ask, fake, real }]) => {
    const mock: Redis = new RedisMock()

    expect(await answer(() => ask(mock)), 'the fake').toEqual(fake)
    expect(await answer(() => ask(server.connect())), 'a real server').toEqual(real)
  })
})

test('a password that is wrong is noticed by a real server only', async () => {
  const url = server.url.replace('//', '//ada:wrong@')
  const real = new Redis(url, { lazyConnect: true, retryStrategy: null })
  const noticed = new Promise<string>((resolve) => real.once('error', (error) => resolve(error.message)))

  expect(await new RedisMock(url).ping()).toBe('PONG')
  await expect(real.connect()).rejects.toThrow('Connection is closed')
  expect(await noticed).toContain('WRONGPASS')
  real.disconnect()
})

test('two databases of a server are apart, those of the fake are one', async () => {
  const isApart = async (useFake: boolean) => {
    const first = await getRedisClient({ url: server.url, useFake })
    const second = await getRedisClient({ url: server.url.replace('/0', '/1'), useFake })
    await first?.set('where', 'here')
    return (await second?.get('where')) === null
  }

  expect(await isApart(true), 'the fake').toBe(false)
  await closeRedisClient()
  expect(await isApart(false), 'a real server').toBe(true)
})
