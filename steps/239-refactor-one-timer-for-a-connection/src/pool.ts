import type { Redis } from 'ioredis'
import type { ResolvedOptions } from './options.ts'
import { Semaphore } from './semaphore.ts'
import { reset, sessionState } from './session-state.ts'
import { redactUrl } from './url.ts'

/** A connection that nobody has borrowed for so long is ended, in milliseconds. */
const MAX_IDLE = 30_000
/** A connection that is lent for so long is logged, and a full pool once in so long; in milliseconds. */
const LONG = 30_000

/** Connections that are lent, each to one borrower at a time. */
export class Pool {
  readonly #connect: () => Promise<Redis | null>
  readonly #options: ResolvedOptions
  readonly #slots: Semaphore
  /** All that have not ended, each with its timer: an idle one ends some time, one that is lent is logged. */
  readonly #connections = new Map<Redis, NodeJS.Timeout>()
  /** The one used last is the last, and lent next, so that the others reach their eviction time. */
  #idle: Redis[] = []
  #saidFull = -Infinity

  constructor(connect: () => Promise<Redis | null>, options: ResolvedOptions) {
    this.#connect = connect
    this.#options = options
    this.#slots = new Semaphore(options.maxConnections)
  }

  /** See `withConnection`. */
  async lend<Result>(
    use: (connection: Redis) => Promise<Result>,
    signal?: AbortSignal,
  ): Promise<Result | null> {
    const turn = await this.#slots.acquire(this.#options.maxWait, signal)
    if (turn === 'late') this.#warnFull()
    if (turn !== 'admitted') return null
    try {
      const connection = this.#idle.pop() ?? (await this.#open())
      if (!connection) return null
      const warn = () => this.#warn('a connection has been lent for 30 seconds. Is it still needed?')
      this.#setTimer(connection, warn, LONG)
      try {
        return await use(connection)
      } finally {
        await this.#takeBack(connection)
      }
    } finally {
      this.#slots.release()
    }
  }

  /** Sends away those who wait, and forgets all connections. */
  close(): void {
    this.#slots.drain()
    for (const connection of this.#connections.keys()) this.#forget(connection)
  }

  async #open(): Promise<Redis | null> {
    const connection = await this.#connect()
    connection?.once('end', () => this.#forget(connection))
    connection?.once('select', () => sessionState.set(connection, 'changed'))
    return connection
  }

  async #takeBack(connection: Redis): Promise<void> {
    const isReset = await reset(connection)
    // One that is not known any more has ended, or will soon.
    if (!isReset || !this.#connections.has(connection)) return this.#discard(connection)
    this.#idle.push(connection)
    this.#setTimer(connection, () => this.#discard(connection), MAX_IDLE)
  }

  #setTimer(connection: Redis, act: () => void, ms: number): void {
    clearTimeout(this.#connections.get(connection))
    this.#connections.set(connection, setTimeout(act, ms))
  }

  #discard(connection: Redis): void {
    this.#forget(connection)
    connection.disconnect()
  }

  #forget(connection: Redis): void {
    clearTimeout(this.#connections.get(connection))
    this.#connections.delete(connection)
    this.#idle = this.#idle.filter((each) => each !== connection)
  }

  #warnFull(): void {
    const now = performance.now()
    if (now - this.#saidFull < LONG) return
    this.#saidFull = now
    const { maxConnections, maxWait } = this.#options
    this.#warn(
      `all ${maxConnections} connections are lent; a borrower waited ${maxWait} ms and got none. Is one not given back?`,
    )
  }

  #warn(what: string): void {
    const { logger, url } = this.#options
    logger.warn(`Redis at ${redactUrl(url)}: ${what}`)
  }
}
