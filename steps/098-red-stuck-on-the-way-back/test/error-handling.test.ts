import { once } from 'node:events'
import type { Redis } from 'ioredis'
import RedisMock from 'ioredis-mock'
import { afterEach, expect, test, vi } from 'vitest'
import { closeRedisClient, getRedisClient, withConnection } from '../src/index.ts'
import { closedUrl, listen, politely, stopListening } from './loopback.ts'
import { outcome } from './outcome.ts'

const lines: string[] = []
const logger = { warn: (line: string) => lines.push(line) }
/** With these options a test gets the real client, and its log as `lines`. */
const real = { useFake: false, logger }

afterEach(async () => {
  lines.length = 0
  vi.useRealTimers()
  vi.restoreAllMocks()
  await closeRedisClient()
  await stopListening()
})

test('answers null, instead of throwing, when nobody listens', async () => {
  const url = closedUrl
  const use = vi.fn<() => Promise<string>>(async () => 'used')
  vi.useFakeTimers()

  const client = await getRedisClient({ url, ...real })
  expect(client === null, 'getRedisClient answers null').toBe(true)

  await closeRedisClient()
  expect(await withConnection(use, { url, ...real })).toBeNull()
  expect(use).not.toHaveBeenCalled()
  expect(vi.getTimerCount(), 'timers that would try again behind our back').toBe(0)
})

test('logs one line that says where, what, and what to do about it', async () => {
  const url = closedUrl

  await getRedisClient({ url, ...real })

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

  await getRedisClient({ url, ...real })

  expect(lines[0]).toContain('unknown command')
  expect(lines[0]).not.toContain('s3cret')
  expect(lines[0]).toContain("'ada' '***' '***'")
})

/** A Redis that is down: every attempt to connect fails, and is counted. */
function down() {
  return vi.fn<() => Promise<Redis>>(() => Promise.reject(new Error('connect ECONNREFUSED')))
}

/** Expects, of one cool-down after the other, no attempt one millisecond before it is over, and one when it is over. */
async function expectCoolDowns(connect: ReturnType<typeof down>, pauses: readonly number[]): Promise<void> {
  for (const pause of pauses) {
    connect.mockClear()
    await vi.advanceTimersByTimeAsync(pause - 1)
    await getRedisClient({ connect, logger })
    expect(connect, `attempts before ${pause} ms are over`).toHaveBeenCalledTimes(0)
    await vi.advanceTimersByTimeAsync(1)
    await getRedisClient({ connect, logger })
    expect(connect, `attempts after ${pause} ms`).toHaveBeenCalledTimes(1)
  }
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

test('doubles the cool-down with every failure in a row, up to 30 seconds', async () => {
  vi.useFakeTimers()
  vi.spyOn(Math, 'random').mockReturnValue(1)
  const connect = down()
  await getRedisClient({ connect, logger })

  await expectCoolDowns(connect, [1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000])

  connect.mockResolvedValueOnce(new RedisMock())
  await vi.advanceTimersByTimeAsync(30_000)
  const healed = await getRedisClient({ connect, logger })
  healed?.disconnect()
  await vi.advanceTimersByTimeAsync(0)
  await getRedisClient({ connect, logger })
  // It had worked in between.
  await expectCoolDowns(connect, [1_000])
})

test('shortens the cool-down at random, to half at most, so that clients do not come back in step', async () => {
  vi.useFakeTimers()
  vi.spyOn(Math, 'random').mockReturnValue(0)
  const connect = down()
  await getRedisClient({ connect, logger })

  await expectCoolDowns(connect, [500, 1_000, 2_000, 4_000, 8_000, 15_000, 15_000])

  await closeRedisClient()
  vi.mocked(Math.random).mockReturnValue(0.5)
  await getRedisClient({ connect, logger })
  await expectCoolDowns(connect, [750])
})

test('gives up on a server that accepts and never answers', async () => {
  const server = await listen(() => '')
  vi.useFakeTimers()

  const answer = getRedisClient({ url: server.url, ...real })
  await server.heard('client')
  const hungUp = once(server.sockets[0]!, 'close')
  const answered = vi.fn<() => void>()
  void answer.then(answered)
  await vi.advanceTimersByTimeAsync(2_499)
  expect(answered, 'before 2.5 seconds are over').not.toHaveBeenCalled()
  await vi.advanceTimersByTimeAsync(1)

  expect(await outcome(answer)).toBeNull()
  expect(lines[0]).toContain('no answer')
  expect(await outcome(hungUp), 'the server sees us go').not.toBe('still waiting')
})

test('gives up on a command that a frozen server never answers', async () => {
  const server = await listen((command, socket) => (command[0] === 'get' ? '' : politely(command, socket)))
  vi.useFakeTimers()
  const client = (await getRedisClient({ url: server.url, ...real }))!

  const answer = client.get('error-handling:key').catch((error: unknown) => error)
  const answered = vi.fn<() => void>()
  void answer.then(answered)
  await server.heard('get')
  await vi.advanceTimersByTimeAsync(4_999)
  expect(answered, 'before 5 seconds are over').not.toHaveBeenCalled()
  await vi.advanceTimersByTimeAsync(1)

  expect(await outcome(answer)).toEqual(new Error('Command timed out'))
})

test('lets a borrowed connection wait for as long as its command wants', async () => {
  const server = await listen((command, socket) => (command[0] === 'blpop' ? '' : politely(command, socket)))
  vi.useFakeTimers()

  const options = { url: server.url, ...real }
  const settled = vi.fn<(result: unknown) => void>()
  void withConnection((connection) => connection.blpop('error-handling:queue', 0), options).then(
    settled,
    settled,
  )
  await server.heard('blpop')
  await vi.advanceTimersByTimeAsync(600_000)

  expect(settled).not.toHaveBeenCalled()
})

test('heals a lost connection by itself; until then the answer is null', async () => {
  const server = await listen()
  const options = { url: server.url, ...real }
  vi.useFakeTimers()
  vi.spyOn(Math, 'random').mockReturnValue(1)
  const client = (await getRedisClient(options))!

  const lost = once(client, 'close')
  server.sockets[0]!.destroy()
  await lost
  expect((await getRedisClient(options)) === null, 'the answer is null while it is lost').toBe(true)

  const early: Promise<boolean>[] = []
  for (const event of ['connecting', 'connect']) {
    client.once(event, () => early.push(getRedisClient(options).then((answer) => answer === null)))
  }
  const healed = once(client, 'ready')
  await vi.advanceTimersByTimeAsync(999)
  expect(client.status, 'before a second is over').toBe('reconnecting')
  await vi.advanceTimersByTimeAsync(1)
  expect(await outcome(healed), 'ready').not.toBe('still waiting')
  expect(await Promise.all(early), 'the answer is null until it is ready').toEqual([true, true])
  expect((await getRedisClient(options)) === client, 'the same client as before').toBe(true)
  expect(await client.ping()).toBe('PONG')
})

test('never sends a command twice', async () => {
  const server = await listen((command, socket) => {
    if (command[0] === 'incr') socket.destroy()
    return politely(command, socket)
  })
  vi.useFakeTimers()
  const client = (await getRedisClient({ url: server.url, ...real }))!

  const lost = once(client, 'reconnecting')
  const answer = client.incr('error-handling:counter').catch((error: unknown) => error)
  await lost
  const healed = once(client, 'ready')
  await vi.advanceTimersByTimeAsync(1_000)
  await healed
  await outcome(client.ping())

  expect(server.commands.filter(([name]) => name === 'incr')).toHaveLength(1)
  expect(await outcome(answer)).toBeInstanceOf(Error)
})

test('does not let a frozen server keep the place of a borrower who is done', async () => {
  const use = async (connection: Redis) => {
    await connection.watch('error-handling:stock')
    return 'done'
  }
  for (const [wait, late, connections] of [
    [999, '+OK\r\n', 1],
    [1_000, '', 2],
  ] as const) {
    let answer = ''
    const server = await listen((command, socket) =>
      command[0] === 'unwatch' ? answer : politely(command, socket),
    )
    const options = { url: server.url, ...real }
    vi.useFakeTimers()

    const done = withConnection(use, options)
    await server.heard('unwatch')
    await vi.advanceTimersByTimeAsync(wait)
    answer = '+OK\r\n'
    server.sockets[0]!.write(late)
    expect(await outcome(done)).toBe('done')

    await outcome(withConnection((connection) => connection.ping(), options))
    expect(server.sockets, `connections, when the reset takes ${wait} ms`).toHaveLength(connections)
    vi.useRealTimers()
  }
})
