import { inTime } from './in-time.ts'
import { idOf, type CacheRequest } from './request.ts'
import type { Settings } from './settings.ts'

/** The longest prompt that is cached, in characters. */
const LONGEST = 10_000

export class SemanticCache {
  readonly #settings: Settings

  constructor(settings: Settings) {
    this.#settings = settings
  }

  /**
   * The answer to a question: a stored one, or what `call` resolves to, which is stored.
   *
   * @throws what `call` throws, and nothing else
   */
  async wrap(request: CacheRequest, call: () => Promise<string>): Promise<string> {
    if (!this.#serves(request)) return call()
    const key = `semantic-cache:${idOf(request)}`
    const { redis, ttl } = this.#settings
    const kept = await this.#safely(redis().then((client) => client?.get(key)))
    if (typeof kept === 'string') return kept
    const answer = await call()
    await this.#safely(redis().then((client) => client?.set(key, answer, 'EX', ttl)))
    return answer
  }

  /** What cannot be cached is passed through. */
  #serves({ prompt }: CacheRequest): boolean {
    return this.#settings.enabled && prompt.trim() !== '' && prompt.length <= LONGEST
  }

  /** A cache in trouble is a miss. */
  async #safely<Result>(work: Promise<Result>): Promise<Result | null> {
    return inTime(work, this.#settings.timeout).catch(() => null)
  }
}
