import type { Redis } from 'ioredis'
import type { ResolvedOptions } from './options.ts'
import { Pool } from './pool.ts'

/** One shared client, and a pool of connections to borrow. */
export class Manager {
  readonly #options: ResolvedOptions
  readonly #pool = new Pool(() => this.#dial())
  #client: Promise<Redis | null> | undefined

  constructor(options: ResolvedOptions) {
    this.#options = options
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
    const { url, connect } = this.#options
    try {
      return await connect(url)
    } catch {
      return null
    }
  }
}
