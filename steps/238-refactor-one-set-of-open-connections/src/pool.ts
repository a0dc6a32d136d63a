import type { Redis } from 'ioredis'
import type { ResolvedOptions } from './options.ts'
import { Semaphore } from './semaphore.ts'
import { sessionState } from './session-state.ts'
import { redactUrl } from './url.ts'

/** A connection that nobody has borrowed for so long is ended, in milliseconds. */
const MAX_IDLE = 30_000
/** A connection that is lent for so long is logged, and a full pool once in so long; in milliseconds. */
const LONG = 30_000
/** A reset may take so long, in milliseconds. */
const MAX_RESET = 1_000

/** Connections that are lent, each to one borrower at a time. */
export class Pool {
  readonly #connect: () => Promise<Redis | null>
  readonly #options: ResolvedOptions
  readonly #slots: Semaphore
  /** All that have not ended, lent or idle. */
  readonly #connections = new Set<Redis>()
  /** Lent connections, each with the timer of its line in the log. */
  readonly #lent = new Map<Redis, NodeJS.Timeout>()
  /** Idle connections, each with its eviction timer. */
  readonly #idle = new Map<Redis, NodeJS.Timeout>()
  #saidFull = -Infinity

  constructor(connect: () => Promise<Redis | null>, options: ResolvedOptions) {
    this.#connect = connect
    this.#options = options
    this.#slots = new Semaphore(options.maxConnections)
  }

  /**
   * Lends a connection to `use` until the promise that it returns is settled.
   *
   * @returns what `use` returned, or null when no connection became free in time or none can be opened
   * @throws the signal's reason when it is aborted before a connection became free; what `use` throws
   */
  async lend<Result>(
    use: (connection: Redis) => Promise<Result>,
    signal?: AbortSignal,
  ): Promise<Result | null> {
    const turn = await this.#slots.acquire(this.#options.maxWait, signal)
    if (turn === 'late') this.#warnFull()
    if (turn !== 'admitted') return null
    try {
      const connection = this.#takeIdle() ?? (await this.#open())
      if (!connection) return null
      const warn = () => this.#warn('a connection has been lent for 30 seconds. Is it still needed?')
      this.#lent.set(connection, setTimeout(warn, LONG))
      try {
        return await use(connection)
      } finally {
        clearTimeout(this.#lent.get(connection))
        await this.#takeBack(connection)
      }
    } finally {
      this.#slots.release()
    }
  }

  /** Sends away those who wait, and forgets all connections. */
  close(): void {
    this.#slots.drain()
    for (const connection of this.#connections) this.#forget(connection)
  }

  async #open(): Promise<Redis | null> {
    const connection = await this.#connect()
    if (!connection) return null
    this.#connections.add(connection)
    connection.once('end', () => this.#forget(connection))
    connection.once('select', () => sessionState.set(connection, 'changed'))
    return connection
  }

  /** The one used last, so that the others reach their eviction time. */
  #takeIdle(): Redis | undefined {
    const connection = [...this.#idle.keys()].at(-1)
    if (connection) this.#takeFromIdle(connection)
    return connection
  }

  async #takeBack(connection: Redis): Promise<void> {
    const isChanged = sessionState.get(connection) === 'changed'
    if (isChanged || !(await this.#unwatch(connection))) return this.#discard(connection)
    this.#idle.set(
      connection,
      setTimeout(() => this.#discard(connection), MAX_IDLE),
    )
  }

  /** Answers whether the connection can be lent again. */
  async #unwatch(connection: Redis): Promise<boolean> {
    // Answers come in the order of the commands: with none open, nothing of the borrower's is left.
    const isQuiet = sessionState.get(connection) === 'clean' && connection.commandQueue.length === 0
    if (isQuiet) return this.#connections.has(connection)
    const timer = setTimeout(() => connection.disconnect(), MAX_RESET)
    // A subscriber refuses UNWATCH, and inside a MULTI the answer is QUEUED.
    const clean = await connection.unwatch().then(
      (answer) => answer === 'OK' && this.#connections.has(connection),
      () => false,
    )
    clearTimeout(timer)
    if (sessionState.get(connection) === 'watching') sessionState.set(connection, 'clean')
    return clean
  }

  #takeFromIdle(connection: Redis): void {
    clearTimeout(this.#idle.get(connection))
    this.#idle.delete(connection)
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

  #forget(connection: Redis): void {
    clearTimeout(this.#lent.get(connection))
    this.#takeFromIdle(connection)
    this.#connections.delete(connection)
  }

  #discard(connection: Redis): void {
    this.#forget(connection)
    connection.disconnect()
  }
}
