import type { Redis } from 'ioredis'
import type { Settings } from './settings.ts'

/** An answer and the question that it was given to. */
export interface CacheRecord {
  readonly prompt: string
  readonly answer: string
}

/** The answers, each once, in Redis, until its time is over. */
export class Records {
  readonly #settings: Pick<Settings, 'redis' | 'ttl'>

  constructor(settings: Pick<Settings, 'redis' | 'ttl'>) {
    this.#settings = settings
  }

  async read(id: string): Promise<CacheRecord | null> {
    const client = await this.#client()
    const text = await client.get(keyOf(id))
    return text === null ? null : (JSON.parse(text) as CacheRecord)
  }

  async write(id: string, record: CacheRecord, tags: readonly string[]): Promise<void> {
    const client = await this.#client()
    const { ttl } = this.#settings
    // In one transaction: no answer without its tags.
    const changes = client.multi()
    for (const tag of tags) changes.sadd(tagOf(tag), id).expire(tagOf(tag), ttl)
    await changes.set(keyOf(id), JSON.stringify(record), 'EX', ttl).exec()
  }

  /** Takes answers out. Resolves to how many there were. */
  async remove(ids: readonly string[]): Promise<number> {
    const client = await this.#client()
    return ids.length === 0 ? 0 : client.del(ids.map(keyOf))
  }

  async tagged(tag: string): Promise<readonly string[]> {
    const client = await this.#client()
    return client.smembers(tagOf(tag))
  }

  async #client(): Promise<Redis> {
    const client = await this.#settings.redis()
    if (client) return client
    throw new Error('Redis cannot be used now')
  }
}

const keyOf = (id: string) => `semantic-cache:${id}`
const tagOf = (tag: string) => `semantic-cache:tag:${tag}`
