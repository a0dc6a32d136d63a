import { getRedisClient } from '../index.ts'
import { idOf, type CacheRequest } from './request.ts'
import type { Settings } from './settings.ts'

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
    const client = await getRedisClient()
    const key = `semantic-cache:${idOf(request)}`
    const kept = await client?.get(key)
    if (typeof kept === 'string') return kept
    const answer = await call()
    await client?.set(key, answer, 'EX', this.#settings.ttl)
    return answer
  }
}
