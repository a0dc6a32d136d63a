import type { Redis } from 'ioredis'
import { Pool } from './pool.ts'

export type Connect = () => Promise<Redis>

/** One shared client, and a pool of connections to borrow. */
export class Manager {
  #client: Promise<Redis> | undefined
  readonly #pool = new Pool()

  client(connect: Connect): Promise<Redis> {
    // The promise is shared, not the client: callers who come while it connects wait for the same one.
    this.#client ??= connect()
    return this.#client
  }

  lend<Result>(use: (connection: Redis) => Promise<Result>, connect: Connect): Promise<Result | null> {
    return this.#pool.lend(use, connect)
  }

  async close(): Promise<void> {
    this.#pool.close()
    const closing = await this.#client
    this.#client = undefined
    closing?.disconnect()
  }
}
