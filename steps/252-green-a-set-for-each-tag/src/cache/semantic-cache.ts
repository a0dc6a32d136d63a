import { inTime } from './in-time.ts'
import { Records } from './records.ts'
import { idOf, type CacheRequest } from './request.ts'
import type { Settings } from './settings.ts'

/** The longest prompt that is cached, in characters. */
const LONGEST = 10_000

/** A stored answer, and how it was found. */
export interface Found {
  readonly id: string
  readonly answer: string
}

/** Which answers to take out. */
export type Invalidation = { readonly id: string } | { readonly tag: string }

interface Question {
  readonly id: string
  readonly request: CacheRequest
}

export class SemanticCache {
  readonly #settings: Settings
  readonly #records: Records

  constructor(settings: Settings) {
    this.#settings = settings
    this.#records = new Records(settings)
  }

  /**
   * The answer to a question: a stored one, or what `call` resolves to, which is stored.
   *
   * @throws what `call` throws, and nothing else
   */
  async wrap(request: CacheRequest, call: () => Promise<string>): Promise<string> {
    if (!this.#serves(request)) return call()
    const question = this.#question(request)
    const found = await this.#find(question)
    if (found) return found.answer
    const answer = await call()
    await this.#keep(question, answer)
    return answer
  }

  /** The stored answer to a question, or null. */
  async lookup(request: CacheRequest): Promise<Found | null> {
    return this.#serves(request) ? this.#find(this.#question(request)) : null
  }

  /** Stores an answer. Resolves to its id, or to null when it was not stored. */
  async store(request: CacheRequest, answer: string): Promise<string | null> {
    return this.#serves(request) ? this.#keep(this.#question(request), answer) : null
  }

  /**
   * Takes out one answer, or all that were stored with a tag. Resolves to how many there were.
   *
   * @throws when Redis cannot be asked: then nothing was taken out
   */
  async invalidate(which: Invalidation): Promise<number> {
    const ids = 'tag' in which ? await this.#records.tagged(which.tag) : [which.id]
    return this.#records.remove(ids)
  }

  /** What cannot be cached is passed through. */
  #serves({ prompt }: CacheRequest): boolean {
    return this.#settings.enabled && prompt.trim() !== '' && prompt.length <= LONGEST
  }

  #question(request: CacheRequest): Question {
    return { id: idOf(request), request }
  }

  async #find(question: Question): Promise<Found | null> {
    const record = await this.#safely(this.#records.read(question.id))
    return record && { id: question.id, answer: record.answer }
  }

  async #keep(question: Question, answer: string): Promise<string | null> {
    return this.#safely(this.#write(question, answer))
  }

  async #write({ id, request }: Question, answer: string): Promise<string> {
    const { prompt, tags = [] } = request
    await this.#records.write(id, { prompt, answer }, tags)
    return id
  }

  /** A cache in trouble is a miss. */
  async #safely<Result>(work: Promise<Result>): Promise<Result | null> {
    return inTime(work, this.#settings.timeout).catch(() => null)
  }
}
