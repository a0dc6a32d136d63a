import type { Redis } from 'ioredis'
import { hintFor } from './hint.ts'
import type { ResolvedOptions } from './options.ts'
import { Pool } from './pool.ts'
import { redactPassword, redactUrl } from './url.ts'

/** How long a server that failed is left alone, in milliseconds. */
const COOL_DOWN = 1_000

/** One shared client, and a pool of connections to borrow. */
export class Manager {
  readonly #options: ResolvedOptions
  readonly #pool = new Pool(() => this.#dial())
  #client: Promise<Redis | null> | undefined
  #retryAt = 0

  constructor(options: ResolvedOptions) {
    this.#options = options
  }

  client(): Promise<Redis | null> {
    // The promise is shared, not the client: callers who come while it connects wait for the same one.
    this.#client ??= this.#dial().then((client) => {
      if (!client) this.#client = undefined
      return client
    })
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
    const { url, connect, logger } = this.#options
    if (performance.now() < this.#retryAt) return null
    try {
      return await connect(url)
    } catch (error) {
      this.#retryAt = performance.now() + COOL_DOWN
      const cause = redactPassword(String(error), url)
      logger.warn(`Redis cannot be used at ${redactUrl(url)}: ${cause}${hintFor(cause)}`)
      return null
    }
  }
}
