import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { inspect } from 'node:util'
import RedisMock from 'ioredis-mock'
import { build } from 'vite'
import { afterEach, expect, test, vi } from 'vitest'
import { closeRedisClient, getRedisClient, type RedisOptions } from '../src/index.ts'
import { listen, stopListening } from './loopback.ts'

afterEach(async () => {
  await closeRedisClient()
  await stopListening()
})

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

test('keeps a client for each url', async () => {
  const connect = async () => new RedisMock()
  const cache = await getRedisClient({ connect, url: 'redis://cache.example:6379/0' })
  const queue = await getRedisClient({ connect, url: 'redis://queue.example:6379/0' })
  const otherDatabase = await getRedisClient({ connect, url: 'redis://cache.example:6379/1' })

  expect(new Set([cache, queue, otherDatabase]).size, 'clients for three urls').toBe(3)
})

/** How many connections a server sees of a client that is asked for with these options. */
async function connectionsWith(options: RedisOptions): Promise<number> {
  const server = await listen()
  const client = await getRedisClient({ ...options, url: server.url })
  await client?.ping()
  await closeRedisClient()
  return server.sockets.length
}

test('keeps one client for a url, however it is spelled', async () => {
  const connect = async () => new RedisMock()
  const clientsOf = async (urls: readonly string[]) =>
    new Set(await Promise.all(urls.map((url) => getRedisClient({ url, connect })))).size

  const anonymous = [
    'redis://cache',
    'redis://cache/',
    'redis://cache:6379',
    'redis://CACHE/0',
    'redis://cache/00',
  ]
  const ada = [
    'redis://ada:50%25@@cache',
    'redis://ada:50%25%40@cache/0',
    'redis://%61da:%350%25%40@cache:6379/',
  ]
  const others = ['rediss://cache', 'redis://cache:6380', 'redis://cache/1', 'redis://Ada:50%25@@cache']
  const split = ['redis://a:da@cache', 'redis://ad:a@cache']

  expect(await clientsOf(anonymous), 'clients for one server').toBe(1)
  expect(await clientsOf(ada), 'clients for one user').toBe(1)
  expect(await clientsOf([...anonymous, ...ada, ...others, ...split]), 'clients for all of them').toBe(8)
})

test('is real outside of a test runner', async () => {
  expect(await connectionsWith({ env: {} }), 'connections that the server sees').toBe(1)
})

test('is the fake under every test runner, and never in production', async () => {
  expect(await connectionsWith({ env: { VITEST: 'true' } }), 'vitest').toBe(0)
  expect(await connectionsWith({ env: { NODE_TEST_CONTEXT: 'child-v8' } }), 'node --test').toBe(0)
  expect(await connectionsWith({ env: { JEST_WORKER_ID: '1' } }), 'Jest').toBe(0)
  expect(await connectionsWith({ env: { NODE_ENV: 'test' } }), 'any other').toBe(0)
  expect(await connectionsWith({ env: { NODE_ENV: 'production', VITEST: 'true' } }), 'production').toBe(1)
})

test('lets useFake decide, whatever the environment says', async () => {
  expect(await connectionsWith({ env: { VITEST: 'true' }, useFake: false }), 'real, in a test').toBe(1)
  expect(
    await connectionsWith({ env: { NODE_ENV: 'production' }, useFake: true }),
    'fake, in production',
  ).toBe(0)
})

test('leaves the fake out of what a bundler makes of a service', async () => {
  const entry = fileURLToPath(new URL('../src/index.ts', import.meta.url))
  const settings = { ssr: { noExternal: ['ioredis-mock'] }, build: { ssr: entry, write: false } }
  const built = await build({ configFile: false, envFile: false, logLevel: 'silent', ...settings })

  const bundled = [built].flat().flatMap((each) => ('output' in each ? each.output : []))
  const modules = bundled.flatMap((each) => ('modules' in each ? Object.keys(each.modules) : []))
  expect(modules.length, 'our own modules').toBeGreaterThan(0)
  expect(
    modules.some((each) => each.includes('ioredis-mock')),
    'the fake is in the bundle',
  ).toBe(false)
})

test('refuses a REDIS_URL that it cannot use, and says what it expects', async () => {
  const expected = 'expected redis://[[user]:password@]host[:port][/db], or rediss:// for TLS'
  const unusable = [
    'abc',
    'localhost:6379',
    'http://cache:6379',
    'redis+sentinel://cache:26379',
    'xredis://cache:6379',
    'redis://',
    'redis://cache:99999',
    'redis://cache:6379,cache2:6379',
    'redis://cache,cache2:6379',
    'redis://cache:6379/zero',
    'redis://cache:6379/0/1',
    'redis://:%zz@cache:6379',
    'redis://%zz:secret@cache:6379',
    'redis://cache:6379?db=1',
  ]

  for (const url of unusable) {
    const answer: unknown = await getRedisClient({ env: { REDIS_URL: url } }).catch((error: unknown) => error)
    expect(String(answer), url).toContain(expected)
  }
  for (const url of ['redis://cache', 'redis://cache/', 'rediss://cache:6379/12']) {
    const client = await getRedisClient({ url, connect: async () => new RedisMock() })
    expect(client, url).toBeInstanceOf(RedisMock)
  }
})

test('keeps passwords out of the error about a bad url', async () => {
  const unusable = [
    'http://:s3cret@cache:6379',
    'redis://ada:s3cret@cache:99999',
    'redis://:p@s3cret@cache:6379/zero',
    'redis://:a/s3cret@cache:6379',
    'redis://cache:99999?password=s3cret',
    'ada:s3cret@cache',
    'http://:two\nlines-s3cret@cache',
  ]

  for (const url of unusable) {
    const error: unknown = await getRedisClient({ url }).catch((reason: unknown) => reason)
    expect(inspect(error), url).not.toContain('s3cret')
    expect(inspect(error), url).toContain('***')
  }
})

test('shows no password when a client is logged', async () => {
  const server = await listen()
  const url = server.url.replace('//', '//ada:s3cret@')

  const client = await getRedisClient({ url, useFake: false })
  const logged = [client, client?.options].flatMap((each) => [
    inspect(each, { depth: 9 }),
    JSON.stringify(each),
  ])

  for (const text of logged) {
    expect(text).toContain('redis://***@127.0.0.1')
    expect(text.length, 'characters: where it is, and not all that it knows').toBeLessThan(100)
  }
  expect(logged.join()).not.toContain('s3cret')
})

test('shows no password when a copy of a client is logged, nor a copy of that', async () => {
  const server = await listen()
  const url = server.url.replace('//', '//ada:s3cret@')
  const client = await getRedisClient({ url, useFake: false })

  const copy = client?.duplicate({ db: 3 })
  const logged = [copy, copy?.duplicate()].map((each) => inspect(each, { depth: 9 }) + JSON.stringify(each))

  expect(copy?.options).toMatchObject({ db: 3, password: 's3cret' })
  expect(logged.join()).not.toContain('s3cret')
})

test('shows of a url that it cannot use nothing but the scheme', async () => {
  const unusable = [
    'redis://user:s3cret',
    'redis://:s3cret/0',
    'redis://u:s3cret%40host:6379',
    'redis://s3cret%40host:6379',
    'redis+tls://u:s3cret',
    'redis://cache:6379/0#s3cret',
  ]
  const text = 'redis+tls://ada:pw@cache:99999/0?x=1#y'
  const anywhere = Array.from(text, (_, index) => `${text.slice(0, index)}s3cret${text.slice(index)}`)

  for (const url of [...unusable, ...anywhere]) {
    const error: unknown = await getRedisClient({ url }).catch((reason: unknown) => reason)
    expect(error, url).toBeInstanceOf(TypeError)
    expect(inspect(error), url).not.toContain('s3cret')
  }
  const redis = ['redis', 'rediss', 'redis+tls', 'redis+sentinel', 'valkey', 'valkeys']
  for (const scheme of [...redis, 'unix', 'http', 'https']) {
    await expect(getRedisClient({ url: `${scheme}://x/y` })).rejects.toThrow(`came ${scheme}://***`)
  }
  await expect(getRedisClient({ url: 'ada http://x' })).rejects.toThrow('came ***')
})

test('shows no password to whoever looks at the properties of a client', async () => {
  const server = await listen()
  const url = server.url.replace('//', '//ada-s3cret:s3cret@')
  const client = (await getRedisClient({ url, useFake: false, logger: { warn: () => {} } }))!
  // One that connects at once knows already what to log in with.
  const copy = client.duplicate({ db: 3, lazyConnect: false })
  await copy.ping()
  const lost = once(client, 'close')
  server.sockets[0]!.destroy()
  await lost

  const shown = [client, copy].flatMap((each) => [each, each.options, { ...each }, { ...each.options }])
  const plainly = shown.map((each) => inspect(each, { depth: 5, customInspect: false }))

  expect(plainly.join()).toContain("host: '127.0.0.1'")
  expect(plainly.join()).not.toContain('s3cret')
  const logins = server.commands.filter(([name]) => name === 'auth')
  expect(logins, 'logins of the client and its copy').toEqual([logins[0], ['auth', 'ada-s3cret', 's3cret']])
})

test('refuses options of ioredis that the url sets, or that it relies on itself', async () => {
  const ask = async (ioredis: object) => {
    await getRedisClient({ url: 'redis://refused.example', useFake: true, ioredis })
    return 'taken'
  }
  const inUrl = ['host', 'port', 'username', 'password', 'db']
  const retries = [
    'retryStrategy',
    'maxRetriesPerRequest',
    'reconnectOnError',
    'autoResendUnfulfilledCommands',
  ]
  const limits = ['commandTimeout', 'blockingTimeout', 'socketTimeout']
  const modes = ['lazyConnect', 'enableOfflineQueue', 'enableAutoPipelining', 'monitor']

  for (const name of [...inUrl, ...retries, ...limits, ...modes]) {
    await expect(ask({ tls: {}, [name]: 's3cret' }), name).rejects.toThrow(
      new TypeError(`ioredis: ${name} is set by the url or by this client; leave it out`),
    )
  }
  await expect(ask({ db: 1, host: 'cache' }), 'the first of two').rejects.toThrow('ioredis: db is')
  expect(await ask({ connectTimeout: 100, tls: {} })).toBe('taken')
})
