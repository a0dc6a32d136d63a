import { setImmediate } from 'node:timers/promises'
import { closeRedisClient, getRedisClient, withConnection } from '../../src/index.ts'

// Opens and closes, again and again, and prints what that leaves behind in the process. Started with --expose-gc.

/** What a process holds. */
export interface Held {
  /** Such as TCPSocketWrap, Timeout: what keeps a process alive. */
  readonly resources: readonly string[]
  /** Of the process itself. */
  readonly listeners: number
  /** In bytes, after everything that nobody refers to was collected. */
  readonly heap: number
  readonly rss: number
}

export interface Worn {
  /** After some rounds: code is loaded and compiled. */
  readonly before: Held
  readonly after: Held
}

const [url = '', dead = '', count = '0'] = process.argv.slice(2)

const quiet = { warn: () => {} }
const rounds = [
  async () => (await getRedisClient({ url, useFake: false }))?.ping(),
  async () => withConnection((connection) => connection.ping(), { url, useFake: false }),
  async () => getRedisClient({ url: dead, useFake: false, logger: quiet }),
  // Closed while it is being opened.
  async () => void getRedisClient({ url, useFake: false }),
]

async function wear(times: number): Promise<void> {
  for (let round = 0; round < times; round += 1) {
    await rounds[round % rounds.length]?.()
    await closeRedisClient()
  }
}

/** In milliseconds: what a closed connection holds has long gone by then. */
const PATIENCE = 2_000

const busy = () => process.getActiveResourcesInfo().some((each) => /TCP|TLS|Timeout/.test(each))

async function held(): Promise<Held> {
  // A connection that was closed is gone when the server has said goodbye, or a moment later. What is there after all
  // that patience is what the test looks for.
  const end = performance.now() + PATIENCE
  while (busy() && performance.now() < end) await setImmediate()
  // Memory goes back to the system bit by bit: the least of a few looks is what is held.
  const looks: NodeJS.MemoryUsage[] = []
  while (looks.length < 10) {
    globalThis.gc?.()
    looks.push(process.memoryUsage())
    await setImmediate()
  }
  const heapUsed = Math.min(...looks.map((look) => look.heapUsed))
  const rss = Math.min(...looks.map((look) => look.rss))
  const listeners = process.eventNames().reduce((sum, name) => sum + process.listenerCount(name), 0)
  return { resources: process.getActiveResourcesInfo().toSorted(), listeners, heap: heapUsed, rss }
}

await wear(Number(count) / 5)
const before = await held()
await wear(Number(count))
const worn: Worn = { before, after: await held() }
process.stdout.write(JSON.stringify(worn))
