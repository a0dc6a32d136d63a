import { unitVector, type Embedder } from './embedder.ts'
import type { VectorIndex } from './flat-index.ts'
import { mayShare } from './guard.ts'
import { inTime } from './in-time.ts'
import { Records } from './records.ts'
import { idOf, scopeOf, type CacheRequest } from './request.ts'
import type { Settings } from './settings.ts'
import { Counters, type Statistics } from './statistics.ts'

/** The longest prompt that is cached, in characters. */
const LONGEST = 10_000
/** More than rounding to 32 bits takes from a similarity. */
const ROUNDING = 1e-6
/** How far below the threshold the nearest question is still looked for, to tell what another threshold would do. */
const NEAR = 0.05

/** The embedder whose vectors an index holds. Beside those of another one they mean nothing. */
const embedders = new WeakMap<VectorIndex, Embedder>()

/** A stored answer, and how it was found. */
export interface Found {
  readonly id: string
  readonly answer: string
  readonly source: 'exact' | 'semantic'
  /** How alike the two questions are, 1 for the same. */
  readonly similarity: number
}

/** Which answers to take out. */
export type Invalidation = { readonly id: string } | { readonly tag: string }

interface Question {
  readonly id: string
  readonly request: CacheRequest
  /** Made when first asked for, and once; null without an embedder. */
  readonly vector: () => Promise<Float32Array | null>
}

export class SemanticCache {
  readonly #settings: Settings
  readonly #records: Records
  readonly #index: VectorIndex
  /** What is under way, by its question's id. */
  readonly #flights = new Map<string, Promise<string>>()
  readonly #counters = new Counters()

  constructor(settings: Settings) {
    this.#settings = settings
    this.#records = new Records(settings)
    this.#index = settings.index()
    const { embedder } = settings
    if (!embedder) return
    const known = embedders.get(this.#index) ?? embedder
    if (known !== embedder)
      throw new RangeError(
        `Expected an index of its own for the embedder "${embedder.id}", but another one, "${known.id}", uses it`,
      )
    embedders.set(this.#index, embedder)
  }

  /**
   * The answer to a question: a stored one, or what `call` resolves to, which is stored.
   *
   * @throws what `call` throws, and nothing else
   */
  async wrap(request: CacheRequest, call: () => Promise<string>): Promise<string> {
    if (!this.#serves(request)) return call()
    const question = this.#question(request)
    const flight = this.#flights.get(question.id)
    if (flight) {
      this.#counters.counts.coalesced += 1
      return flight
    }
    const answer = this.#answer(question, call).finally(() => this.#flights.delete(question.id))
    this.#flights.set(question.id, answer)
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

  stats(): Statistics {
    return this.#counters.read()
  }

  async #answer(question: Question, call: () => Promise<string>): Promise<string> {
    const found = await this.#find(question)
    if (found) return found.answer
    const answer = await call()
    await this.#keep(question, answer)
    return answer
  }

  /** What cannot be cached is passed through. */
  #serves({ prompt }: CacheRequest): boolean {
    return this.#settings.enabled && prompt.trim() !== '' && prompt.length <= LONGEST
  }

  #question(request: CacheRequest): Question {
    const { embedder } = this.#settings
    const embed = async () => (embedder ? unitVector(embedder, request.prompt) : null)
    let vector: Promise<Float32Array | null> | undefined
    return { id: idOf(request), request, vector: () => (vector ??= embed()) }
  }

  async #find(question: Question): Promise<Found | null> {
    const begun = performance.now()
    const found = await this.#safely(this.#search(question))
    this.#counters.counts[found ? found.source : 'misses'] += 1
    this.#counters.milliseconds.add(performance.now() - begun)
    return found
  }

  async #search({ id, request, vector }: Question): Promise<Found | null> {
    const same = await this.#records.read(id)
    if (same) return { id, answer: same.answer, source: 'exact', similarity: 1 }
    for (const { id: other, similarity } of await this.#suggested(request, await vector())) {
      const record = await this.#records.read(other)
      if (record === null) {
        this.#counters.counts.stale += 1
        this.#index.remove(other)
      } else if (await this.#fits(request.prompt, record.prompt)) {
        return { id: other, answer: record.answer, source: 'semantic', similarity }
      } else {
        this.#counters.counts.guarded += 1
      }
    }
    return null
  }

  /** Which stored questions of the same scope are alike, the nearest first. Whether their answers live, Redis knows. */
  async #suggested(request: CacheRequest, vector: Float32Array | null) {
    if (vector === null) return []
    const scope = scopeOf(request)
    const least = this.#settings.threshold - ROUNDING
    const near = await this.#index.search(vector, least - NEAR)
    const own = near.filter(({ id }) => id.startsWith(scope))
    if (own[0]) this.#counters.nearest.add(own[0].similarity)
    return own.filter(({ similarity }) => similarity >= least)
  }

  async #fits(asked: string, stored: string): Promise<boolean> {
    return mayShare(asked, stored) && this.#settings.verify(asked, stored)
  }

  async #keep(question: Question, answer: string): Promise<string | null> {
    if (typeof answer !== 'string' || answer.trim() === '') return null
    return this.#safely(this.#write(question, answer))
  }

  async #write({ id, request, vector }: Question, answer: string): Promise<string> {
    const { prompt, tags = [] } = request
    await this.#records.write(id, { prompt, answer }, tags)
    const made = await vector()
    if (made) await this.#index.add(id, made)
    return id
  }

  /** A cache in trouble is a miss. */
  async #safely<Result>(work: Promise<Result>): Promise<Result | null> {
    try {
      return await inTime(work, this.#settings.timeout)
    } catch (error) {
      this.#counters.counts.errors += 1
      this.#settings.onError(error)
      return null
    }
  }
}
