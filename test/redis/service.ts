import { execFile } from 'node:child_process'
import dns from 'node:dns'
import { once } from 'node:events'
import { Socket } from 'node:net'
import { setImmediate } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { Redis } from 'ioredis'
import { closeRedisClient, getRedisClient, withConnection, type CloseOptions } from '../../src/index.ts'
import { block } from '../elsewhere.ts'
import { everythingAbout } from './evidence.ts'

// A service that uses Redis, in a process of its own. A test tells it what to do, and sees what anybody would see of
// it: what it prints, whether it is still alive, when it ends.

/** What came of asking for a client and counting with it. */
export interface Answer {
  /** What INCR answered, the message of its error, null when there was no client, undefined when ioredis still waits. */
  readonly said: string | null | undefined
  /** In milliseconds in which its event loop turned, from asking for the client on. */
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
  /** Counts, and is busy for so long before it reads an answer, be it that of the server it dials. */
  busy(ms: number): Promise<Answer>
  /** Counts a hundred thousand times in one go, and closes: the last answer. */
  pile(): Promise<Answer>
  /** Has two processes count once each: one exits in the same tick, one throws. */
  leave(): Promise<void>
  /** What is counted so far. */
  look(): Promise<Answer>
  /** Until the connection that it has is lost, be it already. */
  lose(): Promise<void>
  borrow(): Promise<Answer>
  /** How often a connection was tried so far. */
  dials(): Promise<number>
  /** The clock that the pauses are measured by stands still but for this. */
  later(ms: number): Promise<void>
  /** From now on this host name is known, and none that was made known before. */
  know(host: string): Promise<void>
  /** Everything that it could show of what it holds, in case somebody logs it. */
  evidence(): Promise<string>
  /** Closes its client and lets go: what is left open now keeps it from ending. */
  close(): Promise<void>
}

/** In milliseconds: on a busy machine a hundred thousand answers take longer than closing waits by default. */
const DRAIN = 30_000
const LEAVES = fileURLToPath(new URL('leaves.ts', import.meta.url))
const [kind = '', name = '', url = ''] = process.argv.slice(2)

let dialled = 0
const { connect } = Socket.prototype
Socket.prototype.connect = function (this: Socket, ...args: unknown[]) {
  dialled += 1
  return Reflect.apply(connect, this, args)
}

// How often it dials is then a matter of what it does, and not of how slow the machine is.
let clock = performance.now()
performance.now = () => clock

/** What a wait is counted in, in milliseconds: a machine that has other things to do makes no wait longer. */
const TURN = 20
let turned = 0
setInterval(() => (turned += TURN), TURN).unref()

const turns = (ms: number) =>
  new Promise<undefined>((resolve) => {
    const end = turned + ms
    const look = () => (turned < end ? setTimeout(look, TURN) : resolve(undefined))
    look()
  })

let known = process.env['KNOWN_HOST']
const { lookup } = dns
const lookUp = (host: string, ...rest: unknown[]) =>
  Reflect.apply(lookup, dns, [host === known ? '127.0.0.1' : host, ...rest])
Object.assign(dns, { lookup: lookUp })

const seen: unknown[] = []
const isRaw = kind === 'ioredis'
let raw: Redis | undefined

async function client(): Promise<Redis | null> {
  if (isRaw) return (raw ??= new Redis(url))
  const ours = await getRedisClient({ url })
  if (ours && !seen.includes(ours)) {
    seen.push(ours)
    ours.on('error', (error) => seen.push(error))
  }
  return ours
}

async function answer(ask: () => Promise<unknown>): Promise<Answer> {
  const start = turned
  const asked = ask().catch((error: unknown) => {
    seen.push(error)
    return messageOf(error)
  })
  const said = await (isRaw ? Promise.race([asked, turns(Number(process.env['PATIENCE']))]) : asked)
  return { said: said === null || said === undefined ? said : String(said), took: turned - start }
}

const close = async (options?: CloseOptions) => (isRaw ? raw?.disconnect() : closeRedisClient(options))

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

  lent: () => (isRaw ? doing.count() : doing.borrow()),

  busy: (ms) =>
    answer(async () => {
      const counted = client().then((held) => held?.incr(name) ?? null)
      await setImmediate()
      block(ms)
      return counted
    }),

  pile: () =>
    answer(async () => {
      const held = await client()
      const counts = Array.from({ length: 100_000 }, () => held?.incr(name))
      const [answers] = await Promise.all([Promise.all(counts), close({ drain: DRAIN })])
      return answers.at(-1) ?? null
    }),

  leave: async () => {
    for (const way of ['exit', 'throw']) {
      const node = ['--import', 'jiti/register', LEAVES, kind, url, name, way]
      await new Promise((resolve) => execFile(process.execPath, node, resolve))
    }
  },

  look: () => answer(async () => (await client())?.get(name) ?? null),

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
    clock += ms
  },

  know: async (host) => {
    known = host
  },

  evidence: async () => seen.map(everythingAbout).join('\n'),

  close: async () => {
    await close()
    const closed = turned
    // In the last moment nothing but a write that waits for itself still arrives.
    process.on('exit', () => process.stdout.write(`ended after ${turned - closed} ms\n`))
    process.disconnect()
  },
}

process.on('message', async ({ id, does, args }: { id: number; does: keyof Doing; args: [never] }) => {
  const result = await doing[does](...args)
  if (process.connected) process.send?.({ id, result })
})
process.send?.({ id: 0 })
