import { afterEach, expect, test, vi } from 'vitest'
import { closeRedisClient, getRedisClient, withConnection } from '../src/index.ts'
import { closedUrl, stopListening } from './loopback.ts'

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
