import type { Redis } from 'ioredis'
import { CircuitBreaker } from './circuit-breaker.ts'
import { drain } from './drain.ts'
import { hintFor } from './hint.ts'
import type { ResolvedOptions } from './options.ts'
import { onOneLine } from './one-line.ts'
import { Pool } from './pool.ts'
import { redactSecrets, redactUrl } from './url.ts'

/** What ioredis calls a connection that is lost and on its way back. The fake has no status. */
const LOST = new Set(['reconnecting', 'connecting', 'connect'])

/** One shared client, and a pool of connections to borrow. */
export class Manager {
  readonly #options: ResolvedOptions
  readonly #circuit = new CircuitBreaker()
  readonly #pool = new Pool(() => this.#dial(true))
  /** One for each connection that is being opened. */
  readonly #opening = new Set<AbortController>()
  /** Made with `duplicate()`, of the shared client, of connections that are lent, or of copies. */
  readonly #copies = new Set<Redis>()
  #client: Promise<Redis | null> | undefined
  #isOpen = false

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

  /** Ends everything, whatever state it is in. What is under way has `limit` milliseconds to be answered. */
  async close(limit: number): Promise<void> {
    for (const each of this.#opening) each.abort()
    const drained = this.#client?.catch(() => null).then((client) => client && drain(client, limit))
    const copies = [...this.#copies].map((copy) => drain(copy, limit))
    // What is being opened need not be waited for.
    await Promise.all([this.#isOpen && drained, this.#pool.close(limit), ...copies])
  }

  #watch(client: Redis): void {
    const { url, logger } = this.#options
    this.#isOpen = true
    const said = new Set<string>()
    // Once for each time that it is lost, not for each attempt to come back.
    const say = (line: string) => {
      if (!said.has(line)) logger.warn(line)
      said.add(line)
    }
    client.on('reconnecting', () =>
      say(`Redis lost the connection to ${redactUrl(url)}. It comes back by itself.`),
    )
    client.on('error', (error) => {
      const { line, hint } = this.#describe(error)
      if (hint?.notRetryable) say(line)
    })
    client.on('ready', () => said.clear())
    client.once('end', () => this.#forget())
  }

  #forget(): void {
    this.#client = undefined
    this.#isOpen = false
  }

  async #dial(exclusive: boolean): Promise<Redis | null> {
    const { url, connect, logger, batchWrites, ioredis } = this.#options
    if (!this.#circuit.admits()) return null
    const opening = new AbortController()
    const { signal } = opening
    this.#opening.add(opening)
    try {
      const client = await connect(url, { exclusive, signal, batchWrites, ioredis })
      if (signal.aborted) {
        client.disconnect()
        return null
      }
      this.#circuit.succeeded()
      this.#keepCopiesOf(client)
      return client
    } catch (error) {
      if (signal.aborted) return null
      // A package that is missing: nothing brings it while the program runs.
      if (`${(error as NodeJS.ErrnoException).code}`.endsWith('MODULE_NOT_FOUND')) throw error
      const { line, hint } = this.#describe(error)
      this.#circuit.failed(hint?.notRetryable)
      logger.warn(line)
      return null
    } finally {
      this.#opening.delete(opening)
    }
  }

  #keepCopiesOf(client: Redis): void {
    client.on('duplicate', (copy: Redis) => {
      this.#copies.add(copy)
      copy.once('end', () => this.#copies.delete(copy))
      this.#keepCopiesOf(copy)
    })
  }

  #describe(error: unknown) {
    const { url } = this.#options
    const cause = onOneLine(redactSecrets(String(error), url))
    const hint = hintFor(cause)
    return {
      hint,
      line: `Redis cannot be used at ${redactUrl(url)}: ${cause}${hint ? ` (${hint.advice})` : ''}`,
    }
  }
}
