import type { Redis } from 'ioredis'
import { Semaphore } from './semaphore.ts'

/** At most so many connections are lent at once. */
const MAX_CONNECTIONS = 20
/** A borrower waits at most so long for its turn, in milliseconds. */
const MAX_WAIT = 5_000

/** Connections that are lent, each to one borrower at a time. */
export class Pool {
  readonly #slots = new Semaphore(MAX_CONNECTIONS)
  /** All that have not ended, lent or idle. */
  readonly #open = new Set<Redis>()
  readonly #idle: Redis[] = []

  /**
   * Lends a connection to `use` until the promise that it returns is settled.
   *
   * @returns what `use` returned, or null when no connection became free in time
   */
  async lend<Result>(
    use: (connection: Redis) => Promise<Result>,
    connect: () => Promise<Redis>,
  ): Promise<Result | null> {
    if (!(await this.#slots.acquire(MAX_WAIT))) return null
    const connection = this.#takeIdle() ?? (await this.#connect(connect))
    try {
      return await use(connection)
    } finally {
      await this.#takeBack(connection)
      this.#slots.release()
    }
  }

  /** Ends all connections, also those that are lent. */
  close(): void {
    for (const connection of this.#open) connection.disconnect()
    this.#open.clear()
  }

  async #connect(connect: () => Promise<Redis>): Promise<Redis> {
    const connection = await connect()
    this.#open.add(connection)
    connection.once('end', () => this.#open.delete(connection))
    connection.once('select', () => this.#open.delete(connection))
    return connection
  }

  async #takeBack(connection: Redis): Promise<void> {
    // A subscriber refuses UNWATCH.
    const clean = await connection.unwatch().then(
      () => this.#open.has(connection),
      () => false,
    )
    if (clean) this.#idle.push(connection)
    else connection.disconnect()
  }

  #takeIdle(): Redis | undefined {
    let connection = this.#idle.pop()
    while (connection && !this.#open.has(connection)) connection = this.#idle.pop()
    return connection
  }
}
