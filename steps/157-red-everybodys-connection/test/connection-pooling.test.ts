import { EventEmitter, getEventListeners, once } from 'node:events'
import type { Redis } from 'ioredis'
import RedisMock from 'ioredis-mock'
import { afterEach, expect, test, vi } from 'vitest'
import { closeRedisClient, getRedisClient, withConnection } from '../src/index.ts'
import { listen, politely, stopListening } from './loopback.ts'
import { outcome } from './outcome.ts'

afterEach(async () => {
  vi.useRealTimers()
  await closeRedisClient()
  await stopListening()
})

test('gives every caller the same client', async () => {
  const first = await getRedisClient()
  const second = await getRedisClient()

  expect(first === second, 'both callers hold the same client').toBe(true)
})

test('ends the client when it is closed, and gives the next caller a new one', async () => {
  const first = await getRedisClient()
  const ended = vi.fn<() => void>()
  first?.once('end', ended)

  await closeRedisClient()
  await closeRedisClient()

  await vi.waitFor(() => expect(ended).toHaveBeenCalledOnce(), { timeout: 1_000, interval: 5 })
  expect((await getRedisClient()) === first, 'the ended client is given out again').toBe(false)
})

test('connects the way it is told to', async () => {
  const own = new RedisMock()

  const client = await getRedisClient({ connect: async () => own })

  expect(client === own, 'the client is the one that connect opened').toBe(true)
})

test('opens one connection for ten callers who ask at once', async () => {
  const connect = vi.fn<() => Promise<Redis>>(async () => new RedisMock())

  const clients = await Promise.all(Array.from({ length: 10 }, () => getRedisClient({ connect })))

  expect(connect).toHaveBeenCalledTimes(1)
  expect(new Set(clients).size).toBe(1)
})

test('lends a connection to one borrower at a time, and then to the next', async () => {
  const used = new Set([await getRedisClient()])

  await withConnection(async (outer) => {
    used.add(outer)
    await outer.ping()
    await withConnection(async (inner) => used.add(inner))
  })
  expect(used.size, 'the shared client and two borrowed connections').toBe(3)

  await withConnection(async (next) => used.add(next))
  expect(used.size, 'the third borrower gets one that was given back').toBe(3)
})

test('takes a connection back from a borrower that throws', async () => {
  const used = new Set<unknown>()
  const failing = withConnection(async (connection) => {
    used.add(connection)
    throw new Error('the order is void')
  })
  await expect(failing).rejects.toThrow('the order is void')

  await withConnection(async (next) => used.add(next))

  expect(used.size, 'the next borrower gets the connection that was given back').toBe(1)
})

test('lends at most 20 at once; the others wait their turn, first come, first served', async () => {
  let port = 7000
  const connect = async () => new RedisMock({ port: (port += 1) })
  const gate = new EventEmitter()
  const opened = once(gate, 'open')
  const served: number[] = []
  const lent: Redis[] = []
  let out = 0
  let most = 0
  let lentTwice = false

  const borrow = (number: number) =>
    withConnection(
      async (connection) => {
        lentTwice ||= lent.includes(connection)
        lent.push(connection)
        served.push(number)
        most = Math.max(most, (out += 1))
        await opened
        await connection.ping()
        out -= 1
        lent.splice(lent.indexOf(connection), 1)
      },
      { connect },
    )
  const first = Array.from({ length: 50 }, (_, number) => borrow(number))
  await vi.waitFor(() => expect(out).toBeGreaterThanOrEqual(20), { timeout: 1_000, interval: 5 })
  gate.emit('open')
  await Promise.all(first)
  await Promise.all(Array.from({ length: 50 }, (_, number) => borrow(50 + number)))

  expect(most).toBe(20)
  expect(lentTwice, 'a connection is lent to two at once').toBe(false)
  expect(port - 7000, 'connections opened').toBeLessThanOrEqual(20)
  expect(served).toEqual(Array.from({ length: 100 }, (_, number) => number))
})

async function breakIt(connection: Redis): Promise<void> {
  const ended = once(connection, 'end')
  connection.disconnect()
  await ended
}

test('replaces a connection that broke, while it was lent or later', async () => {
  const used = new Set<Redis>()

  await withConnection(async (connection) => {
    used.add(connection)
    await breakIt(connection)
  })
  await withConnection(async (connection) => used.add(connection))
  expect(used.size, 'the one that broke while it was lent is not lent again').toBe(2)

  await withConnection(async (first) => {
    used.add(first)
    await withConnection(async (second) => used.add(second))
  })
  for (const idle of [...used].slice(1)) await breakIt(idle)
  await withConnection(async (connection) => used.add(connection))
  expect(used.size, 'those that broke while they were idle are not lent again').toBe(4)
})

test('ends the connections of the pool as well when it is closed', async () => {
  const ended = vi.fn<() => void>()
  const used = new Set<unknown>()

  await withConnection(async (lent) => {
    used.add(lent.once('end', ended))
    await withConnection(async (idle) => used.add(idle.once('end', ended)))
    await closeRedisClient()
    await withConnection(async (next) => used.add(next))
    await vi.waitFor(() => expect(ended).toHaveBeenCalledTimes(2), { timeout: 1_000, interval: 5 })
  })

  expect(used.size, 'none of the two is lent again').toBe(3)
})

test('ends, when it closes, a lent connection that went to another database', async () => {
  const ended = vi.fn<() => void>()

  await withConnection(async (connection) => {
    connection.once('end', ended).emit('select', 3)
    await closeRedisClient()
    await vi.waitFor(() => expect(ended).toHaveBeenCalledOnce(), { timeout: 1_000, interval: 5 })
  })
})

test('resets a connection that was given back with a WATCH on it', async () => {
  const client = await getRedisClient()
  const used = new Set<unknown>()

  await withConnection((connection) => connection.ping())
  await withConnection(async (connection) => {
    used.add(connection)
    // A server takes its time, unlike a fake.
    vi.spyOn(connection, 'unwatch').mockImplementationOnce(async () => {
      await new Promise((resolve) => setImmediate(resolve))
      return connection.unwatch()
    })
    await connection.watch('pooling:stock')
  })
  await client?.set('pooling:stock', '1')
  const sold = await withConnection(async (next) => {
    used.add(next)
    return next.multi().set('pooling:sold', '1').exec()
  })

  expect(sold).toEqual([[null, 'OK']])
  expect(used.size, 'it is lent again, once it is reset').toBe(1)
})

test('replaces a connection that cannot be reset', async () => {
  const used = new Set<unknown>()
  const ended = vi.fn<() => void>()

  await withConnection(async (subscriber) => {
    used.add(subscriber.once('end', ended))
    await subscriber.subscribe('pooling:news')
  })
  const endedSoon = () => expect(ended, 'ended, before anybody borrows again').toHaveBeenCalledOnce()
  await vi.waitFor(endedSoon, { timeout: 1_000, interval: 5 })
  await withConnection(async (connection) => {
    used.add(connection.once('end', ended))
    // The fake cannot SELECT. ioredis says with this event that the connection speaks to another database now.
    connection.emit('select', 3)
  })
  await withConnection(async (connection) => used.add(connection))

  expect(used.size, 'neither the subscriber nor the one in another database is lent again').toBe(3)
  await vi.waitFor(() => expect(ended, 'both are ended').toHaveBeenCalledTimes(2), {
    timeout: 300,
    interval: 5,
  })
})

/** Borrows all 20 connections and holds them. Answers a function that gives them back. */
async function holdAll(): Promise<() => Promise<unknown>> {
  let port = 7000
  const connect = async () => new RedisMock({ port: (port += 1) })
  const gate = new EventEmitter()
  const opened = once(gate, 'open')
  let out = 0
  const borrowers = Array.from({ length: 20 }, () =>
    withConnection(
      async () => {
        out += 1
        await opened
      },
      { connect },
    ),
  )
  await vi.waitFor(() => expect(out).toBe(20), { timeout: 1_000, interval: 5 })
  return () => {
    gate.emit('open')
    return Promise.all(borrowers)
  }
}

test('answers null to a borrower who has waited 5 seconds, and forgets about it', async () => {
  const giveAllBack = await holdAll()
  vi.useFakeTimers()
  const answered = vi.fn<(answer: unknown) => void>()

  void withConnection(async () => 'served').then(answered)
  await vi.advanceTimersByTimeAsync(4_999)
  expect(answered).not.toHaveBeenCalled()
  await vi.advanceTimersByTimeAsync(1)
  expect(answered).toHaveBeenCalledWith(null)

  vi.useRealTimers()
  await giveAllBack()
  const giveBackAgain = await holdAll()
  vi.useFakeTimers()
  const late = vi.fn<() => Promise<void>>(async () => {})
  const served = withConnection(late)
  await Promise.resolve()
  await (await getRedisClient())?.ping()
  expect(late, 'the 21st waits, as before').not.toHaveBeenCalled()
  await giveBackAgain()
  await served
  await closeRedisClient()
  expect(vi.getTimerCount(), 'timers that go on').toBe(0)
})

test('lets a borrower leave the queue with an AbortSignal', async () => {
  const giveAllBack = await holdAll()
  const leave = new AbortController()
  const use = vi.fn<() => Promise<string>>(async () => 'served')
  const failed = vi.fn<(reason: unknown) => void>()

  void withConnection(use, { signal: leave.signal }).catch(failed)
  leave.abort(new Error('the request was cancelled'))
  await giveAllBack()
  await (
    await holdAll()
  )()

  expect(failed).toHaveBeenCalledWith(new Error('the request was cancelled'))
  expect(use).not.toHaveBeenCalled()
  await expect(withConnection(use, { signal: leave.signal })).rejects.toThrow('the request was cancelled')

  const giveBackAgain = await holdAll()
  const { signal } = new AbortController()
  const served = withConnection(use, { signal })
  await giveBackAgain()
  expect(await served).toBe('served')
  expect(getEventListeners(signal, 'abort'), 'listeners that stay behind').toEqual([])
})

test('ends a connection that nobody has borrowed for 30 seconds', async () => {
  vi.useFakeTimers()
  const ended = vi.fn<() => void>()

  const idle = await withConnection(async (connection) => connection.once('end', ended))
  await vi.advanceTimersByTimeAsync(29_999)
  await withConnection((connection) => connection.ping())
  await vi.advanceTimersByTimeAsync(29_999)
  expect(ended).not.toHaveBeenCalled()
  vi.advanceTimersByTime(1)
  const next = await withConnection(async (connection) => connection)

  vi.useRealTimers()
  await vi.waitFor(() => expect(ended).toHaveBeenCalledOnce(), { timeout: 1_000, interval: 5 })
  expect(next === idle, 'it is lent while it ends').toBe(false)

  vi.useFakeTimers()
  const spareEnded = vi.fn<() => void>()
  await withConnection(() => withConnection(async (spare) => spare.once('end', spareEnded)))
  await vi.advanceTimersByTimeAsync(29_999)
  await withConnection((connection) => connection.ping())
  vi.advanceTimersByTime(1)
  vi.useRealTimers()
  await vi.waitFor(() => expect(spareEnded, 'the second of two is needed no more').toHaveBeenCalledOnce(), {
    timeout: 300,
    interval: 5,
  })
})

test('shares the client with a copy of itself that was loaded again', async () => {
  const before = await getRedisClient()

  vi.resetModules()
  const reloaded = await import('../src/index.ts')
  const after = await reloaded.getRedisClient()

  expect(after === before, 'the reloaded module gives the same client').toBe(true)

  const closing = closeRedisClient()
  const next = await reloaded.getRedisClient()
  await closing
  expect(next === before, 'who comes while it closes gets the one that ends').toBe(false)
})

test('tells the server which of its connections is which', async () => {
  const server = await listen()
  const options = { url: server.url, useFake: false }

  await getRedisClient(options)
  await withConnection((connection) => connection.ping(), options)

  const names = server.commands.filter(([, what]) => what === 'setname').map(([, , name]) => name)
  expect(names).toEqual(['redis-client-manager:shared', 'redis-client-manager:lent'])
})

/** How often a client writes to its socket while it does something. */
async function writesOf(client: Redis, act: () => Promise<unknown>): Promise<number> {
  const one = vi.spyOn(client.stream, '_write').mockClear()
  const several = vi.spyOn(client.stream, '_writev').mockClear()
  await act()
  return one.mock.calls.length + several.mock.calls.length
}

test('sends what is asked for in one go in one write, in order', async () => {
  const server = await listen()
  const client = (await getRedisClient({ url: server.url, useFake: false }))!
  const bytes = Buffer.from('ö')

  const asked = () => [client.set('pooling:1', 'ä'), client.set('pooling:2', bytes), client.get('pooling:3')]
  const writes = () => writesOf(client, () => outcome(Promise.all(asked())))

  expect(await writes()).toBe(1)
  expect(server.commands.slice(-3)).toEqual([
    ['set', 'pooling:1', 'ä'],
    ['set', 'pooling:2', 'ö'],
    ['get', 'pooling:3'],
  ])

  vi.useFakeTimers()
  const lost = once(client, 'reconnecting')
  server.sockets[0]!.destroy()
  await lost
  const healed = once(client, 'ready')
  await vi.advanceTimersByTimeAsync(1_000)
  await healed
  expect(await writes(), 'after a reconnect').toBe(1)
})

test('writes each command by itself when it is told to', async () => {
  const server = await listen()
  const options = { url: server.url, useFake: false, batchWrites: false }
  const client = (await getRedisClient(options))!

  const writes = await writesOf(client, () => Promise.all([client.get('pooling:1'), client.get('pooling:2')]))
  expect(writes).toBe(2)

  const inPipeline = (on: Redis) => writesOf(on, () => on.pipeline().get('pooling:1').get('pooling:2').exec())
  expect(await inPipeline(client), 'writes of a pipeline').toBe(1)
  expect(await withConnection(inPipeline, options), 'writes of a pipeline of a borrower').toBe(1)
})

test('replaces a connection that its borrower has left as somebody else, or somewhere else', async () => {
  const server = await listen((command, socket) =>
    command[0] === 'subscribe' ? '*3\r\n$9\r\nsubscribe\r\n$4\r\nnews\r\n:1\r\n' : politely(command, socket),
  )
  const options = { url: server.url, useFake: false }
  const leaving = ['auth', 'hello', 'client', 'select', 'subscribe', 'psubscribe', 'ssubscribe', 'monitor']

  await withConnection((connection) => connection.get('pooling:stock'), options)
  for (const name of [...leaving, 'readonly', 'readwrite', 'reset', 'AUTH']) {
    const before = server.sockets.length
    await withConnection(async (connection) => {
      // What comes after it, and can be reset, does not make up for it.
      for (const each of [name, 'watch']) void connection.call(each, 'news').catch(() => {})
    }, options)
    await withConnection((connection) => connection.get('pooling:stock'), options)
    expect(server.sockets.length - before, `new connections after ${name}`).toBe(1)
  }
})

test('asks nothing of the server when a connection comes back that was only read from', async () => {
  const server = await listen()
  const options = { url: server.url, useFake: false }

  await withConnection((connection) => connection.get('pooling:stock'), options)
  await withConnection((connection) => connection.watch('pooling:stock'), options)
  await withConnection((connection) => connection.get('pooling:stock'), options)

  const asked = server.commands.map(([name]) => name).filter((name) => name !== 'client' && name !== 'info')
  expect(asked).toEqual(['get', 'watch', 'unwatch', 'get'])
})

test('does not lend a connection on which somebody still waits for an answer', async () => {
  const server = await listen((command, socket) => (command[0] === 'blpop' ? '' : politely(command, socket)))
  const options = { url: server.url, useFake: false }
  vi.useFakeTimers()

  const given = withConnection(
    async (connection) => void connection.blpop('pooling:queue', 0).catch(() => {}),
    options,
  )
  await server.heard('blpop')
  await vi.advanceTimersByTimeAsync(1_000)
  await given

  const next = withConnection((connection) => connection.get('pooling:stock'), options)
  expect(await outcome(next)).toBe('OK')
})

test('refuses, on the shared client, commands that would change it for everybody', async () => {
  const server = await listen()
  const client = (await getRedisClient({ url: server.url, useFake: false }))!
  const changing = ['SELECT', 'hello', 'Auth', 'reset', 'subscribe', 'psubscribe', 'ssubscribe', 'monitor']
  const waiting = [
    'blpop',
    'brpop',
    'brpoplpush',
    'BLMOVE',
    'blmpop',
    'bzpopmin',
    'bzpopmax',
    'bzmpop',
    'wait',
  ]
  const handshake = server.commands.length

  for (const name of [...changing, ...waiting, 'watch', 'multi', 'readonly', 'readwrite']) {
    const answer = await outcome(client.call(name, 'pooling:queue', '3'))
    expect(String(answer), name).toContain('withConnection')
  }

  expect(server.commands.slice(handshake), 'what the server hears of it').toEqual([])
  expect(await outcome(client.get('pooling:stock'))).toBe('OK')
})
