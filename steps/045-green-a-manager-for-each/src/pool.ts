import type { Redis } from 'ioredis'
import { Semaphore } from './semaphore.ts'

/** At most so many connections are lent at once. */
const MAX_CONNECTIONS = 20

/** Connections that are lent, each to one borrower at a time. */
export class Pool {
  readonly #connect: () => Promise<Redis>
  readonly #slots = new Semaphore(MAX_CONNECTIONS)
  /** All that have not ended, lent or idle. */
  readonly #connections = new Set<Redis>()
  readonly #idle: Redis[] = []

  constructor(connect: () => Promise<Redis>) {
    this.#connect = connect
  }

  /** Lends a connection to `use` until the promise that it returns is settled. */
  async lend<Result>(use: (connection: Redis) => Promise<Result>): Promise<Result> {
    await this.#slots.acquire()
    const connection = this.#takeIdle() ?? (await this.#open())
    try {
      return await use(connection)
    } finally {
      await this.#takeBack(connection)
      this.#slots.release()
    }
  }

  /** Ends all connections, also those that are lent. */
  close(): void {
    for (const connection of this.#connections) connection.disconnect()
    this.#connections.clear()
  }

  async #open(): Promise<Redis> {
    const connection = await this.#connect()
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
