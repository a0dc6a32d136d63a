import type { Redis } from 'ioredis'
import { CircuitBreaker } from './circuit-breaker.ts'
import { dial } from './dial.ts'
import { drain } from './drain.ts'
import { describe } from './hint.ts'
import type { ResolvedOptions } from './options.ts'
import { Pool } from './pool.ts'
import { redactUrl } from './url.ts'

/** What ioredis calls a connection that is lost and on its way back. The fake has no status. */
const LOST = new Set(['reconnecting', 'connecting', 'connect'])

/** One shared client, and a pool of connections to borrow. */
export class Manager {
  readonly pool: Pool
  readonly #options: ResolvedOptions
  readonly #circuit = new CircuitBreaker()
  /** One for each connection that is being opened. */
  readonly #opening = new Set<AbortController>()
  /** All that have not ended: the shared one, those of the pool, and copies of them made with `duplicate()`. */
  readonly #open = new Set<Redis>()
  /** What was logged since a connection was ready. */
  readonly #said = new Set<string>()
  #client: Promise<Redis | null> | undefined

  constructor(options: ResolvedOptions) {
    this.#options = options
    this.pool = new Pool(() => this.#dial(true), options)
  }

  async client(): Promise<Redis | null> {
    // The promise is shared, not the client: callers who come while it connects wait for the same one.
    this.#client ??= this.#dial(false).then((client) => {
      if (client) this.#watch(client)
      else this.#client = undefined
      return client
    })
    const client = await this.#client
    return client && !LOST.has(client.status) ? client : null
  }

  /** Ends everything, whatever state it is in. What is under way has `limit` milliseconds to be answered. */
  async close(limit: number): Promise<void> {
    for (const each of this.#opening) each.abort()
    this.pool.close()
    await Promise.all([...this.#open].map((each) => drain(each, limit)))
  }

  #watch(client: Redis): void {
    const { url } = this.#options
    const lost = `Redis lost the connection to ${redactUrl(url)}. It comes back by itself.`
    // Once for each time that it is lost, not for each attempt to come back.
    client.on('reconnecting', () => this.#say(lost))
    client.on('error', (error) => {
      const { line, notRetryable } = describe(error, url)
      if (notRetryable) this.#say(line)
    })
    client.on('ready', () => this.#said.clear())
    client.once('end', () => {
      this.#client = undefined
      this.#said.clear()
    })
  }

  #say(line: string): void {
    if (!this.#said.has(line)) this.#options.logger.warn(line)
    this.#said.add(line)
  }

  async #dial(exclusive: boolean): Promise<Redis | null> {
    const { url, connect = dial, logger, ...settings } = this.#options
    if (!this.#circuit.admits()) return null
    const opening = new AbortController()
    const { signal } = opening
    this.#opening.add(opening)
    const warn = (what: string) => this.#say(`Redis at ${redactUrl(url)} ${what}`)
    try {
      const client = await connect(url, { ...settings, exclusive, signal, warn })
      if (signal.aborted) {
        client.disconnect()
        return null
      }
      this.#circuit.succeeded()
      this.#keep(client)
      return client
    } catch (error) {
      if (signal.aborted) return null
      // A package that is missing: nothing brings it while the program runs.
      if (`${(error as NodeJS.ErrnoException).code}`.endsWith('MODULE_NOT_FOUND')) throw error
      const { line, notRetryable } = describe(error, url)
      this.#circuit.failed(notRetryable)
      logger.warn(line)
      return null
    } finally {
      this.#opening.delete(opening)
    }
  }

  #keep(client: Redis): void {
    this.#open.add(client)
    client.once('end', () => this.#open.delete(client))
    client.on('duplicate', (copy: Redis) => this.#keep(copy))
  }
}
