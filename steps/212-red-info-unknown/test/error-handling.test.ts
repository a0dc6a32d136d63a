import dns from 'node:dns'
import { EventEmitter, once } from 'node:events'
import { Socket } from 'node:net'
import { inspect } from 'node:util'
import type { Redis } from 'ioredis'
import RedisMock from 'ioredis-mock'
import { afterEach, expect, test, vi } from 'vitest'
import { closeRedisClient, getRedisClient, withConnection } from '../src/index.ts'
import { block, listenElsewhere } from './elsewhere.ts'
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
  expect(lines[0]).toContain("'***' '***'")
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

test('replaces a connection that was given back inside a MULTI', async () => {
  let inMulti = false
  const server = await listen(([name = ''], socket) => {
    inMulti ||= name === 'multi'
    return inMulti ? '+QUEUED\r\n' : politely([name], socket)
  })
  const options = { url: server.url, ...real }

  await withConnection((connection) => connection.multi({ pipeline: false }), options)
  inMulti = false
  await withConnection((connection) => connection.ping(), options)

  expect(server.sockets, 'connections').toHaveLength(2)
})

test('counts failures that happened side by side as one', async () => {
  vi.useFakeTimers()
  const connect = down()
  const use = async () => 'used'
  await Promise.all(Array.from({ length: 20 }, () => withConnection(use, { connect, logger })))

  await vi.advanceTimersByTimeAsync(1_000)
  void withConnection(use, { connect, logger })
  await vi.advanceTimersByTimeAsync(0)

  expect(connect).toHaveBeenCalledTimes(21)
})

test('takes the longest cool-down at once when trying again cannot help', async () => {
  vi.useFakeTimers()
  vi.spyOn(Math, 'random').mockReturnValue(1)

  for (const cause of ['WRONGPASS', 'NOAUTH', 'self-signed certificate']) {
    const connect = vi.fn<() => Promise<Redis>>(() => Promise.reject(errorOf(cause)))
    await getRedisClient({ connect, logger })

    await vi.advanceTimersByTimeAsync(29_999)
    await getRedisClient({ connect, logger })
    expect(connect, `${cause}: attempts in half a minute`).toHaveBeenCalledTimes(1)

    await vi.advanceTimersByTimeAsync(1)
    await getRedisClient({ connect, logger })
    expect(connect, `${cause}: attempts after half a minute`).toHaveBeenCalledTimes(2)
    await closeRedisClient()
  }
  for (const cause of ['EAI_AGAIN', 'ECONNRESET', 'ETIMEDOUT']) {
    const connect = vi.fn<() => Promise<Redis>>(() => Promise.reject(errorOf(cause)))
    await getRedisClient({ connect, logger })
    await vi.advanceTimersByTimeAsync(1_000)
    await getRedisClient({ connect, logger })
    expect(connect, `${cause}: attempts after a second`).toHaveBeenCalledTimes(2)
    await closeRedisClient()
  }
})

test('logs once that a connection is lost, however long it takes to come back', async () => {
  let ill = false
  const server = await listen((command, socket) => {
    if (ill) socket.destroy()
    return politely(command, socket)
  })
  vi.useFakeTimers()
  const client = (await getRedisClient({ url: server.url, ...real }))!
  vi.spyOn(Math, 'random').mockReturnValue(1)
  // Unlike node's once(), this does not mind the errors that come with a failed attempt.
  const next = (event: string) => new Promise((resolve) => client.once(event, resolve))

  for (const times of [1, 2, 3]) {
    ill = true
    const lost = next('reconnecting')
    server.sockets.at(-1)!.destroy()
    expect(await lost, 'the first pause').toBe(1_000)
    expect(lines, 'lines logged').toHaveLength(times)
    expect(lines.at(-1)).toContain(`lost the connection to ${server.url}`)

    const lostAgain = next('reconnecting')
    await vi.advanceTimersByTimeAsync(1_000)
    expect(await lostAgain, 'the second pause').toBe(2_000)
    expect(lines, 'lines logged after an attempt that failed').toHaveLength(times)

    ill = false
    const healed = next('ready')
    await vi.advanceTimersByTimeAsync(2_000)
    await healed
  }

  const ended = next('end')
  await closeRedisClient()
  await ended
  expect(lines, 'lines logged after closing').toHaveLength(3)
})

test('fails at once when a client is used while it is lost', async () => {
  const server = await listen()
  vi.useFakeTimers()
  const client = (await getRedisClient({ url: server.url, ...real }))!

  const lost = once(client, 'reconnecting')
  server.sockets[0]!.destroy()
  await lost

  expect(await outcome(client.get('error-handling:key'))).toBeInstanceOf(Error)
})

test('notices a connection that is dead without saying so', async () => {
  let frozen = false
  const server = await listen((command, socket) => (frozen ? '' : politely(command, socket)))
  vi.useFakeTimers()
  const client = (await getRedisClient({ url: server.url, ...real }))!
  const lost = once(client, 'close')
  const sent = vi.spyOn(client, 'sendCommand')

  await vi.advanceTimersByTimeAsync(4_999)
  expect(sent, 'before 5 seconds are over').not.toHaveBeenCalled()
  await vi.advanceTimersByTimeAsync(1)
  await outcome(server.heard('ping'))
  frozen = true
  await vi.advanceTimersByTimeAsync(5_000)
  await vi.advanceTimersByTimeAsync(4_999)
  expect(client.status, 'while there is time for an answer').toBe('ready')
  await vi.advanceTimersByTimeAsync(1)

  expect(await outcome(lost), 'the connection is dropped').not.toBe('still waiting')
  expect(client.status, 'and dialled anew').toBe('reconnecting')

  for (const time of ['second', 'third']) {
    frozen = false
    const healed = once(client, 'ready')
    await vi.advanceTimersByTimeAsync(1_000)
    await healed
    frozen = true
    const lostAgain = once(client, 'close')
    await vi.advanceTimersByTimeAsync(5_000)
    await vi.advanceTimersByTimeAsync(5_000)
    expect(await outcome(lostAgain), `the ${time} time as well`).not.toBe('still waiting')
  }

  const closed = closeRedisClient()
  await vi.advanceTimersByTimeAsync(2_000)
  await closed
  expect(vi.getTimerCount(), 'timers that go on').toBe(0)
})

test('keeps a connection whose server refuses the heartbeat', async () => {
  const refused = "-NOPERM User app has no permissions to run the 'ping' command\r\n"
  const server = await listen((command, socket) =>
    command[0] === 'ping' ? refused : politely(command, socket),
  )
  vi.useFakeTimers()
  const client = (await getRedisClient({ url: server.url, ...real }))!

  await vi.advanceTimersByTimeAsync(5_000)
  await server.heard('ping')
  await client.get('error-handling:key')

  expect(await outcome(client.get('error-handling:key')), 'the connection still works').toBe('OK')
})

test('looks for the new master when the server has become a replica', async () => {
  const server = await listen((command, socket) => {
    if (command[0] === 'hset') return "-ERR unknown command 'READONLY'\r\n"
    return command[0] === 'set'
      ? "-READONLY You can't write against a read only replica.\r\n"
      : politely(command, socket)
  })
  vi.useFakeTimers()
  const client = (await getRedisClient({ url: server.url, ...real }))!
  const lost = once(client, 'close')

  expect(String(await outcome(client.hset('error-handling:key', 'a', 'x')))).toContain('READONLY')
  expect(client.status, 'after an error that only mentions it').toBe('ready')
  const answer = client.set('error-handling:key', 'x').catch((error: Error) => error.message)

  expect(await outcome(answer)).toContain('READONLY')
  expect(await outcome(lost), 'it connects anew').not.toBe('still waiting')
})

test('does not wait, when it closes, for a connection that is being opened', async () => {
  const server = await listen(() => '')
  const answer = getRedisClient({ url: server.url, ...real })
  await server.heard('client')
  const hungUp = once(server.sockets[0]!, 'close')

  expect(await outcome(closeRedisClient())).toBeUndefined()

  expect(await outcome(answer)).toBeNull()
  expect(await outcome(hungUp), 'the server sees us go').not.toBe('still waiting')
  expect(lines).toEqual([])

  const signals: AbortSignal[] = []
  const connect = async (_url: string, { signal }: { readonly signal: AbortSignal }) => {
    signals.push(signal)
    return new RedisMock()
  }
  await getRedisClient({ connect, logger })
  await closeRedisClient()
  expect(signals[0]?.aborted, 'nobody hangs up on what is open already').toBe(false)

  const open = new RedisMock()
  const slow = vi.fn<() => Promise<Redis>>(() => new Promise(() => {})).mockResolvedValueOnce(open)
  await getRedisClient({ connect: slow, logger })
  const ended = once(open, 'end')
  open.disconnect()
  await ended
  void getRedisClient({ connect: slow, logger })
  expect(await outcome(closeRedisClient()), 'nor for the one after it').toBeUndefined()
})

test('ends a connection that opens after it was closed', async () => {
  const late = new RedisMock()
  const ended = once(late, 'end')
  const opening = new EventEmitter()
  const connect = async () => {
    await once(opening, 'done')
    return late
  }
  const answer = getRedisClient({ connect, logger })

  await closeRedisClient()
  opening.emit('done')

  expect((await answer) === null, 'the late caller gets null').toBe(true)
  expect(await outcome(ended), 'the late connection is ended').not.toBe('still waiting')
})

test('does not wait, when it closes, for a frozen server to say goodbye', async () => {
  const server = await listen(politely, { frozen: true })
  vi.useFakeTimers()
  const options = { url: server.url, ...real }
  const client = (await getRedisClient(options))!
  const ended = once(client, 'end')
  const borrowedEnded = await withConnection(async (connection) => [once(connection, 'end')], options)

  const { stream } = client

  await closeRedisClient()
  await vi.advanceTimersByTimeAsync(49)
  expect(stream.destroyed, 'cut off before 50 ms are over').toBe(false)
  await vi.advanceTimersByTimeAsync(1)

  expect(await outcome(ended), 'the connection is ended').not.toBe('still waiting')
  expect(await outcome(borrowedEnded![0]!), 'the borrowed one as well').not.toBe('still waiting')
})

test('sends away, when it closes, who waits for a connection', async () => {
  let port = 7000
  const connect = async () => new RedisMock({ port: (port += 1) })
  const forEver = new Promise<never>(() => {})
  for (let lent = 0; lent < 20; lent += 1) void withConnection(() => forEver, { connect, logger })
  const use = vi.fn<() => Promise<string>>(async () => 'used')

  const answer = withConnection(use, { connect, logger })
  await closeRedisClient()

  expect(await outcome(answer)).toBeNull()
  expect(use).not.toHaveBeenCalled()
})

/** A Redis whose password can be changed while it runs. */
async function withPassword() {
  let right = true
  const server = await listen((command, socket) =>
    command[0] === 'auth' && !right
      ? '-WRONGPASS invalid username-password pair\r\n'
      : politely(command, socket),
  )
  const url = server.url.replace('//', '//ada:s3cret@')
  return { server, url, change: (isRight = false) => (right = isRight) }
}

test('answers null, with a hint, when the password of a lost client is no longer right', async () => {
  const { server, url, change } = await withPassword()
  const options = { url, ...real }
  vi.useFakeTimers()
  const client = (await getRedisClient(options))!

  const lost = once(client, 'reconnecting')
  change()
  server.sockets[0]!.destroy()
  await lost
  const refused = new Promise((resolve) => client.once('close', resolve))
  await vi.advanceTimersByTimeAsync(1_000)
  await refused

  expect(server.sockets, 'attempts: the first, one to come back').toHaveLength(2)
  expect((await getRedisClient(options)) === null, 'the answer is null').toBe(true)
  expect(lines.at(-1)).toContain('user and password in REDIS_URL')
})

test('keeps the password out of the errors of a client that is on its way back', async () => {
  const { server, url, change } = await withPassword()
  vi.useFakeTimers()
  const client = (await getRedisClient({ url, ...real }))!
  const errors: unknown[] = []
  client.on('error', (error) => errors.push(error))
  const ended = new Promise<void>((resolve) => client.once('end', resolve))

  const lost = once(client, 'reconnecting')
  change()
  server.sockets[0]!.destroy()
  await lost
  await vi.advanceTimersByTimeAsync(1_000)
  await outcome(ended)

  const told = inspect(errors, { depth: 9 }) + JSON.stringify(errors)
  expect(told).toContain('WRONGPASS')
  expect(told).not.toContain('s3cret')
})

test('has the system ask, after half a minute of silence, whether the other side is still there', async () => {
  const asked = vi.spyOn(Socket.prototype, 'setKeepAlive')
  const server = await listen()
  const options = { url: server.url, ...real }

  await getRedisClient(options)
  await withConnection((connection) => connection.ping(), options)

  const last = new Map(asked.mock.contexts.map((socket, index) => [socket, asked.mock.calls[index]]))
  expect([...last.values()]).toEqual([
    [true, 30_000],
    [true, 30_000],
  ])
})

test('knows the words of a server that has no room for another client', async () => {
  const connect = () => Promise.reject(new Error('Ready check failed: ERR max number of clients reached'))

  await getRedisClient({ connect, logger })

  expect(lines[0]).toContain('maxclients')
})

test('names the deadline as the cause, and not what came of hanging up', async () => {
  const server = await listen(() => '')
  const url = server.url.replace('redis:', 'rediss:')
  vi.useFakeTimers()

  const answer = getRedisClient({ url, ...real })
  await vi.waitFor(() => expect(server.sockets).toHaveLength(1), { timeout: 1_000, interval: 1 })
  await vi.advanceTimersByTimeAsync(2_500)

  expect(await outcome(answer)).toBeNull()
  expect(lines[0]).toContain('no answer within 2500 ms')
  expect(lines[0]).toContain('or none (redis://)')
})

test('does not go on waiting for a server that is still loading', async () => {
  const loading = 'loading:1\r\nloading_eta_seconds:10\r\n'
  const server = await listen((command, socket) =>
    command[0] === 'info' ? `$${loading.length}\r\n${loading}\r\n` : politely(command, socket),
  )
  vi.useFakeTimers()

  const answer = getRedisClient({ url: server.url, ...real })
  await server.heard('info')
  await vi.advanceTimersByTimeAsync(2_500)
  expect(await outcome(answer)).toBeNull()

  await vi.advanceTimersByTimeAsync(100)
  expect(vi.getTimerCount(), 'timers that keep the process alive').toBe(0)
})

test('answers null when the server refuses the database of the url', async () => {
  const server = await listen((command, socket) =>
    command[0] === 'select' ? '-ERR DB index is out of range\r\n' : politely(command, socket),
  )
  const url = server.url.replace(/0$/, '99')

  const client = await getRedisClient({ url, ...real })

  expect(client === null, 'the answer is null').toBe(true)
  expect(lines[0]).toContain('DB index is out of range')
  expect(lines[0]).toContain('Check the database number in REDIS_URL')

  vi.useFakeTimers()
  vi.spyOn(Math, 'random').mockReturnValue(1)
  for (const cause of ['DB index is out of range', "cannot run 'select'", 'SELECT is not allowed']) {
    const connect = vi.fn<() => Promise<Redis>>(() => Promise.reject(new Error(cause)))
    await closeRedisClient()
    await getRedisClient({ connect, logger })
    await vi.advanceTimersByTimeAsync(29_999)
    await getRedisClient({ connect, logger })
    expect(connect, `${cause}: attempts in half a minute`).toHaveBeenCalledTimes(1)
  }
})

test('heals within seconds when the cause is gone, whatever it was', async () => {
  const { server, url, change } = await withPassword()
  const lookup = vi.spyOn(dns, 'lookup')
  vi.useFakeTimers()
  vi.spyOn(Math, 'random').mockReturnValue(1)
  const options = { url: url.replace('127.0.0.1', 'localhost'), ...real }
  const client = (await getRedisClient(options))!
  const next = (event: string) => new Promise((resolve) => client.once(event, resolve))
  const noSuchName = Object.assign(new Error('getaddrinfo ENOTFOUND localhost'), { code: 'ENOTFOUND' })
  const unknown = (...args: unknown[]) => (args.at(-1) as (error: Error) => void)(noSuchName)
  const errors: unknown[] = []
  client.on('error', (error) => errors.push(error))

  for (const [breakIt, fixIt, pause] of [
    [() => change(), () => change(true), 5_000],
    [() => change(), () => change(true), 5_000],
    [() => lookup.mockImplementation(unknown), () => lookup.mockRestore(), expect.any(Number)],
  ] as const) {
    const lost = next('reconnecting')
    breakIt()
    server.sockets.at(-1)!.destroy()
    await lost
    const refused = next('reconnecting')
    await vi.advanceTimersByTimeAsync(1_000)
    expect(await outcome(refused), 'the pause').toEqual(pause)

    fixIt()
    const healed = next('ready')
    await vi.advanceTimersByTimeAsync(5_000)
    await healed
    expect((await getRedisClient(options)) === client, 'the same client as before').toBe(true)
  }
  expect(lines.filter((line) => line.includes('WRONGPASS'))).toHaveLength(2)
  expect(inspect(errors, { depth: 9 })).not.toContain('s3cret')
})

test('writes nothing into another database while its own is refused, and heals after that', async () => {
  let refused = false
  const server = await listen((command, socket) =>
    command[0] === 'select' && refused
      ? "-NOPERM this user has no permissions to run the 'select' command\r\n"
      : politely(command, socket),
  )
  const options = { url: server.url.replace(/0$/, '3'), ...real }
  vi.useFakeTimers()
  const client = (await getRedisClient(options))!
  const next = (event: string) => new Promise((resolve) => client.once(event, resolve))
  const set = () => outcome(client.set('error-handling:key', 'x'))

  const lost = next('reconnecting')
  refused = true
  server.sockets[0]!.destroy()
  await lost
  const lostAgain = next('reconnecting')
  await vi.advanceTimersByTimeAsync(1_000)
  await outcome(lostAgain)
  expect(await set()).toBeInstanceOf(Error)
  expect(server.commands.filter(([name]) => name === 'set')).toEqual([])

  refused = false
  const healed = next('ready')
  await vi.advanceTimersByTimeAsync(5_000)
  expect(await outcome(healed), 'the client heals').not.toBe('still waiting')
  expect(await set()).toBe('OK')
})

test('tries a host name that nobody knows again after a second', async () => {
  vi.useFakeTimers()
  vi.spyOn(Math, 'random').mockReturnValue(1)
  const connect = vi.fn<() => Promise<Redis>>(() => Promise.reject(errorOf('getaddrinfo ENOTFOUND cache')))
  await getRedisClient({ connect, logger })

  await vi.advanceTimersByTimeAsync(999)
  await getRedisClient({ connect, logger })
  expect(connect, 'attempts before a second is over').toHaveBeenCalledTimes(1)

  await vi.advanceTimersByTimeAsync(1)
  await getRedisClient({ connect, logger })
  expect(connect, 'attempts after a second').toHaveBeenCalledTimes(2)
})

test('says what to do about a server that hangs up without a word', async () => {
  const server = await listen((_command, socket) => {
    socket.end()
    return ''
  })

  await getRedisClient({ url: server.url, ...real })

  expect(lines[0]).toContain('Connection is closed')
  expect(lines[0]).toContain('The server hung up')
})

/** A server that keeps its answers back from some moment on, until it is told to go on. */
async function withSlowAnswers() {
  const held: string[] = []
  let slow = false
  const server = await listen((command, socket) => {
    const answer = politely(command, socket)
    if (!slow) return answer
    held.push(answer)
    return ''
  })
  const stop = () => (slow = true)
  const goOn = () => {
    slow = false
    server.sockets.at(-1)!.write(held.join(''))
  }
  return { server, options: { url: server.url, ...real }, stop, goOn }
}

test('has what is under way answered when it closes, within a second or what it is told', async () => {
  const { server, options, stop, goOn } = await withSlowAnswers()
  vi.useFakeTimers()
  const client = await getRedisClient(options)
  stop()
  const answer = client!.get('error-handling:key').catch((error: unknown) => error)
  await server.heard('get')
  const closing = closeRedisClient()
  await vi.advanceTimersByTimeAsync(500)
  goOn()
  expect(await outcome(answer), 'the answer to what was under way').toBe('OK')
  expect(await outcome(closing)).toBeUndefined()
  await vi.advanceTimersByTimeAsync(50)
  expect(vi.getTimerCount(), 'timers that go on').toBe(0)

  await getRedisClient(options)
  stop()
  expect(await outcome(closeRedisClient()), 'with nothing under way').toBeUndefined()
  goOn()
  const cut = await getRedisClient(options)
  stop()
  void cut!.get('error-handling:key').catch(() => {})
  const closingCut = closeRedisClient()
  server.sockets.at(-1)!.destroy()
  expect(await outcome(closingCut), 'a connection that is cut meanwhile').toBeUndefined()
  goOn()

  for (const [drain, limit] of [
    [undefined, 1_000],
    [3_000, 3_000],
    [1, 1],
  ] as const) {
    const frozen = await getRedisClient(options)
    stop()
    const lost = frozen!.set('error-handling:key', 'x').catch((error: unknown) => error)
    const settled = vi.fn<() => void>()
    const closed = closeRedisClient(drain === undefined ? {} : { drain }).then(settled)
    await vi.advanceTimersByTimeAsync(limit - 1)
    expect(settled, `before ${limit} ms are over`).not.toHaveBeenCalled()
    await vi.advanceTimersByTimeAsync(1)
    expect(await outcome(closed), `after ${limit} ms`).toBeUndefined()
    await vi.advanceTimersByTimeAsync(50)
    expect(await outcome(lost)).toBeInstanceOf(Error)
    goOn()
  }

  const frozen = await getRedisClient(options)
  stop()
  void frozen!.set('error-handling:key', 'x').catch(() => {})
  expect(await outcome(closeRedisClient({ drain: 0 })), 'with 0 it does not wait').toBeUndefined()
})

test('has what a borrower asked for answered as well when it closes', async () => {
  const { server, options, stop, goOn } = await withSlowAnswers()
  vi.useFakeTimers()
  const answer = withConnection((connection) => {
    stop()
    return connection.get('error-handling:key')
  }, options).catch((error: unknown) => error)
  await server.heard('get')

  const settled = vi.fn<() => void>()
  const closing = closeRedisClient().finally(settled)
  await vi.advanceTimersByTimeAsync(500)
  const early = settled.mock.calls.length
  goOn()

  expect(await outcome(answer)).toBe('OK')
  expect(early, 'closed before it is answered').toBe(0)
  expect(await outcome(closing)).toBeUndefined()
})

test('makes copies that work, and ends them with the rest', async () => {
  const server = await listen()
  const options = { url: server.url, ...real }
  const client = (await getRedisClient(options))!
  const ofBorrowed = await withConnection(async (connection) => connection.duplicate(), options)
  const copies = [client.duplicate(), client.duplicate().duplicate(), ofBorrowed!]

  for (const copy of copies) {
    expect(await copy.get('error-handling:key').catch((error: unknown) => error)).toBe('OK')
  }
  expect(server.sockets, 'connections').toHaveLength(5)

  const endOf = (copy: Redis) => new Promise<void>((resolve) => copy.once('end', resolve))
  const [gone, ...others] = copies
  const left = endOf(gone!)
  gone!.disconnect()
  await left
  const endedAgain = vi.spyOn(gone!, 'disconnect')
  const ended = Promise.all(others.map(endOf))
  const answers = others.map((copy) => copy.set('error-handling:key', 'x').catch((error: unknown) => error))
  const settled = vi.fn<() => void>()
  void Promise.all(answers).then(settled)
  await closeRedisClient()
  expect(settled, 'answers to what was under way on copies').toHaveBeenCalledOnce()
  expect(await Promise.all(answers)).toEqual(['OK', 'OK'])
  expect(await outcome(ended), 'all copies have ended').not.toBe('still waiting')
  expect(endedAgain, 'a copy that ended before is forgotten').not.toHaveBeenCalled()
})

test('keeps to one short line what a server says, whatever is in it', async () => {
  const said = `ERR one\r\nRedis is fine\u001b[2J\u0085\u2028\u202e\u2066${'x'.repeat(1_000_000)}`
  const connect = () => Promise.reject(new Error(`WRONGPASS ${said}`))

  await getRedisClient({ connect, logger })

  expect(lines[0]).toContain('WRONGPASS ERR one  Redis is fine [2J    xxx')
  expect(lines[0]).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u)
  expect(/Error: WRONGPASS.*xx/.exec(lines[0]!)?.[0]).toHaveLength(300)
  expect(lines[0]!.length).toBeLessThan(450)
  expect(lines[0]).toContain('user and password in REDIS_URL')
})

test('shows neither user nor password, however the server writes them', async () => {
  const [user, password] = ['ad"a\n', 's3"crét😀/']
  const url = `redis://${encodeURIComponent(user).toLowerCase()}:${encodeURIComponent(password)}@cache:6379`
  const quoted = (text: string) => JSON.stringify(text)
  const bare = (text: string) => quoted(text).slice(1, -1)
  const asRedisQuotes = (text: string) =>
    quoted(text)
      .replaceAll('é', String.raw`\xc3\xa9`)
      .replaceAll('😀', String.raw`\xf0\x9f\x98\x80`)
  const inUrl = encodeURIComponent
  const inLowerCase = (text: string) => encodeURIComponent(text).toLowerCase()

  for (const write of [String, quoted, bare, asRedisQuotes, inUrl, inLowerCase]) {
    const said = `WRONGPASS <${write(user)}> <${write(password)}> and <${write(user)}> <${write(password)}>`
    const connect = () => Promise.reject(new Error(said))
    await getRedisClient({ url, connect, logger })
    expect(lines.at(-1)?.replaceAll('"', '')).toContain('WRONGPASS <***> <***> and <***> <***>')
    await closeRedisClient()
  }
  for (const login of ['ada@', ':s3cret@', '']) {
    await getRedisClient({ url: `redis://${login}cache`, connect: down(), logger })
    expect(lines.at(-1)).toContain(` redis://${login && '***@'}cache:`)
  }
})

test('rejects without the arguments of the command that failed', async () => {
  const server = await listen((command, socket) => {
    if (command[0] === 'incr') socket.destroy()
    return /set|auth/.test(command[0]!) ? '-ERR nope\r\n' : politely(command, socket)
  })
  const options = { url: server.url, ...real }
  const client = (await getRedisClient(options))!
  const refused = client.set('error-handling:key', 's3cret').catch((error: unknown) => error)
  const borrowed = withConnection((connection) => connection.auth('ada', 's3cret'), options)
  const errors = [await refused, await borrowed.catch((error: unknown) => error)]
  errors.push(await client.pipeline().get('a').incrby('b', 1).set('c', 's3cret').incr('d').exec())

  expect(inspect(errors, { depth: 9 })).toContain("name: 'set'")
  expect(inspect(errors, { depth: 9 }) + JSON.stringify(errors)).not.toContain('s3cret')
})

test('throws when a package is missing, for no waiting installs it', async () => {
  const warn = vi.fn<(line: string) => void>()
  for (const code of ['ERR_MODULE_NOT_FOUND', 'MODULE_NOT_FOUND']) {
    const connect = async () => {
      throw Object.assign(new Error("Cannot find package 'ioredis'"), { code })
    }
    const options = { url: `redis://${code.toLowerCase().replaceAll('_', '.')}`, connect, logger: { warn } }
    for (const attempt of ['first', 'second']) {
      for (const ask of [() => getRedisClient(options), () => withConnection(async () => 'used', options)]) {
        expect(String(await outcome(ask())), attempt).toContain('Cannot find package')
      }
    }
  }
  expect(warn, 'logged as if it passed').not.toHaveBeenCalled()
})

test('sends what it is asked for while a test of the service fakes nextTick', async () => {
  const server = await listen()
  const client = (await getRedisClient({ url: server.url, ...real }))!
  vi.useFakeTimers({ toFake: ['nextTick'] })

  const answer = client.get('error-handling:key').catch((error: unknown) => error)
  const heard = await outcome(server.heard('get'))
  // This server lives in the same process, and answers when it is over.
  vi.runAllTicks()
  vi.useRealTimers()

  expect(heard, 'what the server hears').not.toBe('still waiting')
  expect(await outcome(answer)).toBe('OK')
})

test('gives commands the time that it is told, on the shared connection and on a borrowed one', async () => {
  const server = await listen((command, socket) => (/get/.test(command[0]!) ? '' : politely(command, socket)))
  const options = { url: server.url, ...real, commandTimeout: 500 }
  vi.useFakeTimers()
  const client = (await getRedisClient(options))!
  const asked = {
    get: () => client.get('error-handling:key'),
    mget: () => withConnection((connection) => connection.mget('error-handling:key'), options),
  }

  for (const [name, ask] of Object.entries(asked)) {
    const failed = vi.fn<(error: Error) => void>()
    const answer = ask().catch(failed)
    await server.heard(name)
    await vi.advanceTimersByTimeAsync(499)
    expect(failed, `${name}: before it is over`).not.toHaveBeenCalled()
    await vi.advanceTimersByTimeAsync(1)
    await outcome(answer)
    expect(failed.mock.calls, name).toEqual([[new Error('Command timed out')]])
  }
})

test('does not take a busy event loop for a dead server', async () => {
  const server = await listenElsewhere()
  const options = { url: server.url, ...real, commandTimeout: 1_000 }
  const client = (await getRedisClient(options))!

  const answers = await withConnection((connection) => {
    const asked = [client.get('error-handling:key'), connection.get('error-handling:key')]
    // When what is written in this tick is on its way, and before an answer can be read.
    process.nextTick(() => queueMicrotask(() => block(1_200)))
    return Promise.all(asked.map((each) => outcome(each)))
  }, options)
  await server.stop()
  expect(answers).toEqual(['OK', 'OK'])

  // A clock that jumps: what a server said meanwhile has not been read, neither while a connection is opened …
  const { setTimeout: onTheWall } = globalThis
  const slow = await listen((command, socket) =>
    /info|get/.test(command[0]!) ? '' : politely(command, socket),
  )
  vi.useFakeTimers()
  const opened = getRedisClient({ url: slow.url, ...real, commandTimeout: 500 })
  await slow.heard('info')
  vi.advanceTimersByTime(3_000)
  slow.sockets[0]!.write('$5\r\nready\r\n')
  expect(await outcome(opened.then((other) => other !== null)), 'opened in time').toBe(true)

  // … nor when a command is nearly late.
  const answer = (await opened)!.get('error-handling:key').catch((error: unknown) => error)
  await slow.heard('get')
  await vi.advanceTimersByTimeAsync(250)
  onTheWall(() => {
    slow.sockets[0]!.write('+just in time\r\n')
    vi.advanceTimersByTime(250)
  }, 0)
  expect(await outcome(answer), 'given up before it is read').toBe('just in time')
})

test('does without CLIENT and INFO where they are refused, and without AUTH where none is needed', async () => {
  const refusals: Record<string, string> = {
    client: "-NOPERM User app has no permissions to run the 'client|setname' command\r\n",
    info: "-NOPERM User app has no permissions to run the 'info' command\r\n",
    auth: '-ERR AUTH <password> called without any password configured for the default user.\r\n',
  }
  const server = await listen(
    (command, socket) =>
      Object.entries(refusals).find(([name]) => name === command[0])?.[1] ?? politely(command, socket),
  )
  const warn = vi.spyOn(console, 'warn').mockReturnValue()
  const options = { url: server.url.replace('//', '//:s3cret@'), ...real }

  const client = await getRedisClient(options)
  expect(client === null, 'the answer is null').toBe(false)
  expect(await client!.get('error-handling:key')).toBe('OK')
  expect(await withConnection((connection) => connection.get('error-handling:key'), options)).toBe('OK')

  expect(warn.mock.calls, 'what is printed past the logger').toEqual([])
  const line = expect.stringMatching(/redis:\/\/\*\*\*@.* refuses auth, client, info.*without/)
  expect(lines).toEqual([line])
  expect(String(await outcome(client!.call('client', 'SETNAME', 'redis-client-manager:shared')))).toContain(
    'NOPERM',
  )

  const ended = once(client!, 'end')
  client!.disconnect()
  await ended
  await getRedisClient(options)
  expect(lines, 'once for the client that takes its place').toEqual([line, line])
  await closeRedisClient()
  refusals['client'] = '+OK\r\n'
  // So says a server before Redis 6.
  refusals['auth'] = '-ERR Client sent AUTH, but no password is set\r\n'
  await getRedisClient(options)
  expect(lines.at(-1)).toMatch(/ refuses auth, info; .*without/)
  await closeRedisClient()
  refusals['auth'] = '+OK\r\n'
  await getRedisClient(options)
  expect(lines.at(-1)).toMatch(/ refuses info; .*without/)
})

test('says how to do without INFO where nobody knows it', async () => {
  let unknown = "'info'"
  const server = await listen((command, socket) =>
    command[0] === 'info'
      ? `-ERR unknown command ${unknown}, with args beginning with: \r\n`
      : politely(command, socket),
  )
  const options = { url: server.url, ...real }
  const printed = (['log', 'warn', 'error'] as const).map((name) => vi.spyOn(console, name).mockReturnValue())

  expect(await getRedisClient(options)).toBeNull()
  await closeRedisClient()
  unknown = '`INFO`'
  expect(await getRedisClient(options)).toBeNull()
  const advice = expect.stringContaining('ioredis: { enableReadyCheck: false }')
  expect(lines).toEqual([advice, advice])

  await closeRedisClient()
  const client = await getRedisClient({ ...options, ioredis: { enableReadyCheck: false } })
  expect(await client!.get('error-handling:key')).toBe('OK')
  expect(
    printed.flatMap(({ mock }) => mock.calls),
    'what is printed past the logger',
  ).toEqual([])

  // Trying again does not help.
  vi.useFakeTimers()
  vi.spyOn(Math, 'random').mockReturnValue(1)
  const connect = down().mockRejectedValue(new Error("ERR unknown command 'info'"))
  await getRedisClient({ connect, logger })
  await expectCoolDowns(connect, [30_000])
})
