import dns from 'node:dns'
import { once } from 'node:events'
import { Socket } from 'node:net'
import { Redis } from 'ioredis'
import { closeRedisClient, getRedisClient, withConnection } from '../../src/index.ts'
import { everythingAbout } from './evidence.ts'

// A service that uses Redis, in a process of its own. A test tells it what to do, and sees what anybody would see of
// it: what it prints, whether it is still alive, when it ends.

/** What came of asking for a client and counting with it. */
export interface Answer {
  /** What INCR answered, the message of its error, or null when there was no client. */
  readonly said: string | null
  /** In milliseconds, from asking for the client on. */
  readonly took: number
}

/** What a test can tell a service to do, and what it hears of it. */
export interface Doing {
  count(): Promise<Answer>
  /** Thousand times at once; how many got null and no client. */
  burst(): Promise<number>
  /** Counts, counts, waits for a second and a half, counts, counts: five commands in one go. */
  pipeline(): Promise<Answer>
  /** Goes to another database on the shared client, and counts: what INCR answered, and what SELECT did. */
  select(): Promise<Answer>
  /** Counts on a connection of its own, where there is such a thing. */
  lent(): Promise<Answer>
  /** Until the connection that it has is lost, be it already. */
  lose(): Promise<void>
  borrow(): Promise<Answer>
  /** How often a connection was tried so far. */
  dials(): Promise<number>
  /** The clock that the pauses are measured by is advanced. */
  later(ms: number): Promise<void>
  /** From now on this host name is known. */
  know(host: string): Promise<void>
  /** Everything that it could show of what it holds, in case somebody logs it. */
  evidence(): Promise<string>
  /** Closes its client and lets go: what is left open now keeps it from ending. */
  close(): Promise<void>
}

const [kind = '', name = '', url = ''] = process.argv.slice(2)

let dialled = 0
const { connect } = Socket.prototype
Socket.prototype.connect = function (this: Socket, ...args: unknown[]) {
  dialled += 1
  return Reflect.apply(connect, this, args)
}

let ahead = 0
const now = performance.now.bind(performance)
performance.now = () => now() + ahead

const seen: unknown[] = []
const raw = kind === 'ioredis' ? new Redis(url) : undefined

async function client(): Promise<Redis | null> {
  if (raw) return raw
  const ours = await getRedisClient({ url })
  if (ours && !seen.includes(ours)) {
    seen.push(ours)
    ours.on('error', (error) => seen.push(error))
  }
  return ours
}

async function answer(ask: () => Promise<unknown>): Promise<Answer> {
  const start = now()
  const said = await ask().catch((error: unknown) => {
    seen.push(error)
    return messageOf(error)
  })
  return { said: said === null ? null : String(said), took: now() - start }
}

const messageOf = (error: unknown) => (error instanceof Error ? error.message : String(error))

/** Counts, counts, waits for a second and a half, counts, counts: five commands in one go. */
async function inOneGo(held: Redis): Promise<string> {
  const count = () => held.incr(name)
  const commands = [count(), count(), held.blpop(`${name}:queue`, 1.5), count(), count()]
  const outcomes = await Promise.allSettled(commands)
  return outcomes.map((each) => (each.status === 'fulfilled' ? String(each.value) : 'error')).join(', ')
}

const doing: Doing = {
  count: () => answer(async () => (await client())?.incr(name) ?? null),

  burst: async () => {
    const clients = await Promise.all(Array.from({ length: 1_000 }, client))
    return clients.filter((each) => each === null).length
  },

  // The shared client refuses to wait in BLPOP: that takes a connection of one's own.
  pipeline: () => answer(() => (raw ? inOneGo(raw) : withConnection(inOneGo, { url }))),

  select: () =>
    answer(async () => {
      const held = await client()
      const selected = await held?.select(3).catch(() => 'error')
      return held && `${await held.incr(name)}, ${selected}`
    }),

  lent: () => answer(() => (raw ? raw.incr(name) : doing.borrow().then(({ said }) => said))),

  lose: async () => {
    const held = await client()
    if (held?.status === 'ready') await once(held, 'close')
  },

  borrow: () =>
    answer(() =>
      withConnection(
        async (connection) => {
          seen.push(connection)
          return connection.incr(name)
        },
        { url },
      ),
    ),

  dials: async () => dialled,

  later: async (ms) => {
    ahead += ms
  },

  know: async (host) => {
    const { lookup } = dns
    const known = (asked: string, ...rest: unknown[]) =>
      Reflect.apply(lookup, dns, [asked === host ? '127.0.0.1' : asked, ...rest])
    Object.assign(dns, { lookup: known })
  },

  evidence: async () => seen.map(everythingAbout).join('\n'),

  close: async () => {
    if (raw) raw.disconnect()
    else await closeRedisClient()
    const closed = now()
    // In the last moment nothing but a write that waits for itself still arrives.
    process.on('exit', () => process.stdout.write(`ended after ${Math.round(now() - closed)} ms\n`))
    process.disconnect()
  },
}

process.on('message', async ({ id, does, args }: { id: number; does: keyof Doing; args: [never] }) => {
  const result = await doing[does](...args)
  if (process.connected) process.send?.({ id, result })
})
process.send?.({ id: 0 })
