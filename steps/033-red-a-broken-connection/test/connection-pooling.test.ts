import { EventEmitter, once } from 'node:events'
import type { Redis } from 'ioredis'
import RedisMock from 'ioredis-mock'
import { afterEach, expect, test, vi } from 'vitest'
import { closeRedisClient, getRedisClient, withConnection } from '../src/index.ts'

afterEach(closeRedisClient)

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
