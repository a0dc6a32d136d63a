import type { Redis } from 'ioredis'
import RedisMock from 'ioredis-mock'

// Chapters 1 to 5 of the course answered as the course does not: one file, no class, no semaphore. A learner may write
// something like it, and the course's tests must not mind.

interface Seat {
  connection: Redis | null
  taken: boolean
  rest: NodeJS.Timeout | undefined
}

interface House {
  shared: Promise<Redis> | null
  readonly seats: readonly Seat[]
  readonly queue: Set<(seat: Seat | null) => void>
}

const address = Symbol.for('another answer')
const street: typeof globalThis & { [address]?: House } = globalThis

const emptySeats = () =>
  Array.from({ length: 20 }, () => ({ connection: null, taken: false, rest: undefined }))

function house(): House {
  return (street[address] ??= { shared: null, seats: emptySeats(), queue: new Set() })
}

interface Options {
  readonly connect?: () => Promise<Redis>
  readonly signal?: AbortSignal
}

const fake = async (): Promise<Redis> => new RedisMock()

export async function getRedisClient({ connect = fake }: Options = {}): Promise<Redis | null> {
  const here = house()
  return (here.shared ??= connect())
}

async function seatIn({ seats, queue }: House, signal?: AbortSignal): Promise<Seat | null> {
  signal?.throwIfAborted()
  const free = seats.find((one) => !one.taken && one.connection) ?? seats.find((one) => !one.taken)
  if (free) {
    free.taken = true
    return free
  }
  return new Promise((resolve, reject) => {
    const leave = () => {
      queue.delete(sit)
      clearTimeout(patience)
    }
    const sit = (seat: Seat | null) => {
      leave()
      resolve(seat)
    }
    const patience = setTimeout(sit, 5_000, null)
    queue.add(sit)
    signal?.addEventListener('abort', () => {
      leave()
      reject(signal.reason)
    })
  })
}

async function seated(seat: Seat, connect: () => Promise<Redis>): Promise<Redis> {
  clearTimeout(seat.rest)
  if (seat.connection) return seat.connection
  const connection = await connect()
  const leave = () => {
    if (seat.connection === connection) empty(seat)
  }
  connection.once('end', leave).once('select', leave)
  seat.connection = connection
  return connection
}

function empty(seat: Seat): void {
  clearTimeout(seat.rest)
  seat.connection = null
}

export async function withConnection<Result>(
  use: (connection: Redis) => Promise<Result>,
  { connect = fake, signal }: Options = {},
): Promise<Result | null> {
  const here = house()
  const seat = await seatIn(here, signal)
  if (!seat) return null
  const connection = await seated(seat, connect)
  try {
    return await use(connection)
  } finally {
    const clean = await connection.unwatch().catch(() => null)
    if (clean && seat.connection) seat.rest = setTimeout(() => connection.disconnect(), 30_000)
    else {
      empty(seat)
      connection.disconnect()
    }
    const [next] = here.queue
    if (next) next(seat)
    else seat.taken = false
  }
}

export async function closeRedisClient(): Promise<void> {
  const here = street[address]
  delete street[address]
  for (const seat of here?.seats ?? []) {
    seat.connection?.disconnect()
    empty(seat)
  }
  const shared = await here?.shared
  shared?.disconnect()
}
