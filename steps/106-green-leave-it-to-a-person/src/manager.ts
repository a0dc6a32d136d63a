import type { Redis } from 'ioredis'
import { CircuitBreaker } from './circuit-breaker.ts'
import { hintFor } from './hint.ts'
import type { ResolvedOptions } from './options.ts'
import { Pool } from './pool.ts'
import { redactPassword, redactUrl } from './url.ts'

/** What ioredis calls a connection that is lost and on its way back. The fake has no status. */
const LOST = new Set(['reconnecting', 'connecting', 'connect'])

/** One shared client, and a pool of connections to borrow. */
export class Manager {
  readonly #options: ResolvedOptions
  readonly #circuit = new CircuitBreaker()
  readonly #pool = new Pool(() => this.#dial(true))
  #client: Promise<Redis | null> | undefined

  constructor(options: ResolvedOptions) {
    this.#options = options
  }

  async client(): Promise<Redis | null> {
    // The promise is shared, not the client: callers who come while it connects wait for the same one.
    this.#client ??= this.#dial(false).then((client) => {
      if (client) client.once('end', () => this.#forget())
      else this.#forget()
      return client
    })
    const client = await this.#client
    return client && !LOST.has(client.status) ? client : null
  }

  lend<Result>(use: (connection: Redis) => Promise<Result>, signal?: AbortSignal): Promise<Result | null> {
    return this.#pool.lend(use, signal)
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
      const cause = redactPassword(String(error), url)
      const hint = hintFor(cause)
      this.#circuit.failed(hint?.notRetryable)
      logger.warn(`Redis cannot be used at ${redactUrl(url)}: ${cause}${hint ? ` (${hint.advice})` : ''}`)
      return null
    }
  }
}
