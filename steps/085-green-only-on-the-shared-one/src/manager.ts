import type { Redis } from 'ioredis'
import { CircuitBreaker } from './circuit-breaker.ts'
import { hintFor } from './hint.ts'
import type { ResolvedOptions } from './options.ts'
import { Pool } from './pool.ts'
import { redactPassword, redactUrl } from './url.ts'

/** One shared client, and a pool of connections to borrow. */
export class Manager {
  readonly #options: ResolvedOptions
  readonly #circuit = new CircuitBreaker()
  readonly #pool = new Pool(() => this.#dial(true))
  #client: Promise<Redis | null> | undefined

  constructor(options: ResolvedOptions) {
    this.#options = options
  }

  client(): Promise<Redis | null> {
    // The promise is shared, not the client: callers who come while it connects wait for the same one.
    this.#client ??= this.#dial(false).then((client) => {
      if (client) client.once('end', () => this.#forget())
      else this.#forget()
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

  #forget(): void {
    this.#client = undefined
  }

  async #dial(exclusive: boolean): Promise<Redis | null> {
    const { url, connect, logger } = this.#options
    if (!this.#circuit.admits()) return null
    try {
      const client = await connect(url, { exclusive })
      this.#circuit.succeeded()
      return client
    } catch (error) {
      this.#circuit.failed()
      const cause = redactPassword(String(error), url)
      logger.warn(`Redis cannot be used at ${redactUrl(url)}: ${cause}${hintFor(cause)}`)
      return null
    }
  }
}
