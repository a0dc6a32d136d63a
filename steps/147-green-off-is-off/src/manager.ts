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
  /** One for each connection that is being opened. */
  readonly #opening = new Set<AbortController>()
  #client: Promise<Redis | null> | undefined

  constructor(options: ResolvedOptions) {
    this.#options = options
  }

  async client(): Promise<Redis | null> {
    // The promise is shared, not the client: callers who come while it connects wait for the same one.
    this.#client ??= this.#dial(false).then((client) => {
      if (client) this.#watch(client)
      else this.#forget()
      return client
    })
    const client = await this.#client
    return client && !LOST.has(client.status) ? client : null
  }

  lend<Result>(use: (connection: Redis) => Promise<Result>, signal?: AbortSignal): Promise<Result | null> {
    return this.#pool.lend(use, signal)
  }

  /** Ends everything, whatever state it is in, without waiting for a server that may not answer. */
  close(): void {
    for (const each of this.#opening) each.abort()
    void this.#client?.then((client) => client?.disconnect())
    this.#pool.close()
  }

  #watch(client: Redis): void {
    const { url, logger } = this.#options
    // Once for each time that it is lost, not for each attempt to come back.
    const sayWhenLost = () =>
      client.once('reconnecting', () => {
        logger.warn(`Redis lost the connection to ${redactUrl(url)}. It comes back by itself.`)
      })
    sayWhenLost()
    client.on('ready', sayWhenLost)
    client.once('end', () => this.#forget())
  }

  #forget(): void {
    this.#client = undefined
  }

  async #dial(exclusive: boolean): Promise<Redis | null> {
    const { url, connect, logger, batchWrites } = this.#options
    if (!this.#circuit.admits()) return null
    const opening = new AbortController()
    const { signal } = opening
    this.#opening.add(opening)
    try {
      const client = await connect(url, { exclusive, signal, batchWrites })
      if (signal.aborted) {
        client.disconnect()
        return null
      }
      this.#circuit.succeeded()
      return client
    } catch (error) {
      if (signal.aborted) return null
      const cause = redactPassword(String(error), url)
      const hint = hintFor(cause)
      this.#circuit.failed(hint?.notRetryable)
      logger.warn(`Redis cannot be used at ${redactUrl(url)}: ${cause}${hint ? ` (${hint.advice})` : ''}`)
      return null
    } finally {
      this.#opening.delete(opening)
    }
  }
}
