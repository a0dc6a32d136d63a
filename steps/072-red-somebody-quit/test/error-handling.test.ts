import type { Redis } from 'ioredis'
import RedisMock from 'ioredis-mock'
import { afterEach, expect, test, vi } from 'vitest'
import { closeRedisClient, getRedisClient, withConnection } from '../src/index.ts'
import { closedUrl, listen, stopListening } from './loopback.ts'

const lines: string[] = []
const logger = { warn: (line: string) => lines.push(line) }

afterEach(async () => {
  lines.length = 0
  vi.useRealTimers()
  await closeRedisClient()
  await stopListening()
})

test('answers null, instead of throwing, when nobody listens', async () => {
  const url = closedUrl
  const use = vi.fn<() => Promise<string>>(async () => 'used')
  vi.useFakeTimers()

  const client = await getRedisClient({ url, useFake: false, logger })
  expect(client === null, 'getRedisClient answers null').toBe(true)

  await closeRedisClient()
  expect(await withConnection(use, { url, useFake: false, logger })).toBeNull()
  expect(use).not.toHaveBeenCalled()
  expect(vi.getTimerCount(), 'timers that would try again behind our back').toBe(0)
})

test('logs one line that says where, what, and what to do about it', async () => {
  const url = closedUrl

  await getRedisClient({ url, useFake: false, logger })

  expect(lines).toEqual([expect.stringContaining(url)])
  expect(lines[0]).toContain('ECONNREFUSED')
  expect(lines[0]).toContain('Start it with redis-server, or set REDIS_URL')

  await closeRedisClient()
  const warn = vi.spyOn(console, 'warn').mockReturnValue()
  await getRedisClient({ url, useFake: false })
  expect(warn.mock.calls, 'on the console, without a logger').toEqual([[lines[0]]])
  warn.mockRestore()
})

/** An error as Node makes it: the system's word for the cause is in the message, and is the code. */
function errorOf(cause: string): Error {
  const code = /\b(?:E|CERT_)[A-Z_]+/.exec(cause)?.[0]
  return Object.assign(new Error(cause), {
    code: cause.startsWith('self-signed') ? 'DEPTH_ZERO_SELF_SIGNED_CERT' : code,
  })
}

test('gives a hint that fits the cause', async () => {
  const hintFor = async (cause: string) => {
    const url = `redis://${cause.replaceAll(/\W/g, '-')}`
    const connect = () => Promise.reject(errorOf(cause))
    await getRedisClient({ url, logger, connect })
    return lines.at(-1)
  }

  expect(await hintFor('getaddrinfo ENOTFOUND cache')).toContain('host name in REDIS_URL')
  expect(await hintFor('getaddrinfo EAI_AGAIN cache')).toContain('host name in REDIS_URL')
  expect(await hintFor('getaddrinfo ENOTFOUND closed.example')).toContain('host name in REDIS_URL')
  expect(await hintFor('WRONGPASS invalid username-password pair')).toContain(
    'user and password in REDIS_URL',
  )
  expect(await hintFor('NOAUTH Authentication required.')).toContain('user and password in REDIS_URL')
  for (const cause of ['read ECONNRESET', 'write EPIPE', 'Connection is closed.']) {
    expect(await hintFor(cause)).toContain('rediss://')
  }
  expect(await hintFor('self-signed certificate')).toContain('NODE_EXTRA_CA_CERTS')
  expect(await hintFor('CERT_HAS_EXPIRED')).toContain('NODE_EXTRA_CA_CERTS')
  expect(await hintFor('connect ETIMEDOUT')).toContain('firewall')
  expect(await hintFor('something else')).toMatch(/something else$/)
})

test('keeps the password out of the log, even when the server repeats it', async () => {
  const server = await listen(
    () => "-ERR unknown command 'AUTH', with args beginning with: 'ada' 's3cret!' 's3cret%21'\r\n",
  )
  const url = server.url.replace('//', '//ada:s3cret%21@')

  await getRedisClient({ url, useFake: false, logger })

  expect(lines[0]).toContain('unknown command')
  expect(lines[0]).not.toContain('s3cret')
  expect(lines[0]).toContain("'ada' '***' '***'")
})

/** A Redis that is down: every attempt to connect fails, and is counted. */
function down() {
  return vi.fn<() => Promise<Redis>>(() => Promise.reject(new Error('connect ECONNREFUSED')))
}

test('leaves a server that failed alone for a second, and then tries again', async () => {
  vi.useFakeTimers()
  const connect = down()

  expect(await getRedisClient({ connect, logger })).toBeNull()
  expect(await getRedisClient({ connect, logger })).toBeNull()
  expect(connect, 'attempts in the first second').toHaveBeenCalledTimes(1)

  await vi.advanceTimersByTimeAsync(1_000)
  expect(await getRedisClient({ connect, logger })).toBeNull()
  expect(connect, 'attempts after the first second').toHaveBeenCalledTimes(2)
})

test('sends one probe after the cool-down, however many ask at once', async () => {
  vi.useFakeTimers()
  const connect = down()
  const use = async () => 'used'
  await withConnection(use, { connect, logger })

  await vi.advanceTimersByTimeAsync(1_000)
  await Promise.all(Array.from({ length: 10 }, () => withConnection(use, { connect, logger })))

  expect(connect).toHaveBeenCalledTimes(2)

  connect.mockImplementation(async () => new RedisMock())
  await vi.advanceTimersByTimeAsync(30_000)
  const both = withConnection(() => withConnection(use, { connect, logger }), { connect, logger })
  expect(await both, 'when the probe has succeeded, others may come').toBe('used')
})

test('replaces a client that has ended for good', async () => {
  const first = await getRedisClient()
  await first?.quit()

  const newOne = async () => expect((await getRedisClient()) === first, 'the same again').toBe(false)
  await vi.waitFor(newOne, { timeout: 1_000, interval: 5 })

  const second = await getRedisClient()
  // Somebody who still had the first one has connected and ended it again.
  first?.emit('end')
  expect((await getRedisClient()) === second, 'the second one stays').toBe(true)
})
