import type { Redis } from 'ioredis'
import { Semaphore } from './semaphore.ts'

/** At most so many connections are lent at once. */
const MAX_CONNECTIONS = 20
/** Acquire timeout: a borrower waits at most so long for a connection, in milliseconds. */
const MAX_WAIT = 5_000

/** Connections that are lent, each to one borrower at a time. */
export class Pool {
  readonly #connect: () => Promise<Redis | null>
  readonly #slots = new Semaphore(MAX_CONNECTIONS)
  /** All that have not ended, lent or idle. */
  readonly #connections = new Set<Redis>()
  readonly #idle: Redis[] = []

  constructor(connect: () => Promise<Redis | null>) {
    this.#connect = connect
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
    if (!(await this.#slots.acquire(MAX_WAIT, signal))) return null
    try {
      const connection = this.#takeIdle() ?? (await this.#open())
      return connection && (await this.#lendOne(connection, use))
    } finally {
      this.#slots.release()
    }
  }

  /** Ends all connections, also those that are lent. */
  close(): void {
    for (const connection of this.#connections) connection.disconnect()
    this.#connections.clear()
  }

  async #lendOne<Result>(connection: Redis, use: (connection: Redis) => Promise<Result>): Promise<Result> {
    try {
      return await use(connection)
    } finally {
      await this.#takeBack(connection)
    }
  }

  async #open(): Promise<Redis | null> {
    const connection = await this.#connect()
    if (!connection) return null
    this.#connections.add(connection)
    connection.once('end', () => this.#connections.delete(connection))
    connection.once('select', () => this.#connections.delete(connection))
    return connection
  }

  async #takeBack(connection: Redis): Promise<void> {
    // A subscriber refuses UNWATCH.
    const clean = await connection.unwatch().then(
      () => this.#connections.has(connection),
      () => false,
    )
    if (clean) this.#idle.push(connection)
    else connection.disconnect()
  }

  #takeIdle(): Redis | undefined {
    let connection = this.#idle.pop()
    while (connection && !this.#connections.has(connection)) connection = this.#idle.pop()
    return connection
  }
}
