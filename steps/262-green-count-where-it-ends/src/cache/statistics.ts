/** How many of the newest values are kept. */
const KEPT = 1_000

export interface Percentiles {
  readonly p50: number
  readonly p95: number
  readonly p99: number
}

/** How often what has happened. */
interface Counts {
  exact: number
  semantic: number
  misses: number
  /** Suggestions that the guard or the verifier turned down. */
  guarded: number
  /** Suggestions whose answer was gone. */
  stale: number
  /** Questions that got the answer to the same question, which was under way. */
  coalesced: number
  /** Looking up and storing that failed or took too long. */
  errors: number
}

/** What a cache has done since it was made. */
export interface Statistics extends Readonly<Counts> {
  /** Exact, semantic and misses together. */
  readonly lookups: number
  /** Calls of the model that were not needed. */
  readonly saved: number
  /** How long lookups took, of the last 1,000; null without any. */
  readonly milliseconds: Percentiles | null
  /** The similarity of the nearest question, hit or not, where it was 0.05 below the threshold or more. */
  readonly nearest: Percentiles | null
}

/** Counts. */
export class Counters {
  readonly counts: Counts = {
    exact: 0,
    semantic: 0,
    misses: 0,
    guarded: 0,
    stale: 0,
    coalesced: 0,
    errors: 0,
  }
  readonly milliseconds = new Samples()
  readonly nearest = new Samples()

  read(): Statistics {
    const { exact, semantic, misses, coalesced } = this.counts
    return {
      ...this.counts,
      lookups: exact + semantic + misses,
      saved: exact + semantic + coalesced,
      milliseconds: this.milliseconds.percentiles(),
      nearest: this.nearest.percentiles(),
    }
  }
}

/** The newest values of something. */
class Samples {
  readonly #values: number[] = []

  add(value: number): void {
    this.#values.push(value)
    if (this.#values.length > KEPT) this.#values.shift()
  }

  percentiles(): Percentiles | null {
    const sorted = this.#values.toSorted((one, other) => one - other)
    const at = (share: number) => sorted[Math.ceil(share * sorted.length) - 1]
    const [p50, p95, p99] = [at(0.5), at(0.95), at(0.99)]
    return p50 === undefined || p95 === undefined || p99 === undefined ? null : { p50, p95, p99 }
  }
}
