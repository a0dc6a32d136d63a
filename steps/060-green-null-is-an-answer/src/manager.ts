import type { Redis } from 'ioredis'
import { Pool } from './pool.ts'

/** Opens a connection. Throws when that is not possible now. */
export type Connect = () => Promise<Redis>

/** One shared client, and a pool of connections to borrow. */
export class Manager {
  readonly #connect: Connect
  readonly #pool = new Pool(() => this.#dial())
  #client: Promise<Redis | null> | undefined

  constructor(connect: Connect) {
    this.#connect = connect
  }

  client(): Promise<Redis | null> {
    // The promise is shared, not the client: callers who come while it connects wait for the same one.
    this.#client ??= this.#dial()
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

  async #dial(): Promise<Redis | null> {
    try {
      return await this.#connect()
    } catch {
      return null
    }
  }
}
