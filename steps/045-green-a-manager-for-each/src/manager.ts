import type { Redis } from 'ioredis'
import { Pool } from './pool.ts'

export type Connect = () => Promise<Redis>

/** One shared client, and a pool of connections to borrow. */
export class Manager {
  readonly #connect: Connect
  readonly #pool: Pool
  #client: Promise<Redis> | undefined

  constructor(connect: Connect) {
    this.#connect = connect
    this.#pool = new Pool(connect)
  }

  client(): Promise<Redis> {
    // The promise is shared, not the client: callers who come while it connects wait for the same one.
    this.#client ??= this.#connect()
    return this.#client
  }

  lend<Result>(use: (connection: Redis) => Promise<Result>): Promise<Result | null> {
    return this.#pool.lend(use)
  }

  async close(): Promise<void> {
    this.#pool.close()
    const closing = await this.#client
    this.#client = undefined
    closing?.disconnect()
  }
}
