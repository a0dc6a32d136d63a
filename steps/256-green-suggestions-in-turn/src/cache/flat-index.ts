export interface Candidate {
  readonly id: string
  readonly similarity: number
}

/** Finds vectors that are alike. It only suggests: it may hold what is gone, and forget what is there. */
export interface VectorIndex {
  /** @param vector of length 1 */
  add(id: string, vector: Float32Array): void | Promise<void>
  remove(id: string): void
  /** Those with a similarity of `least` or more, the nearest first. */
  search(vector: Float32Array, least: number): readonly Candidate[] | Promise<readonly Candidate[]>
}

/** Compares with each vector. */
export class FlatIndex implements VectorIndex {
  readonly #capacity: number
  /** The oldest first. */
  readonly #vectors = new Map<string, Float32Array>()

  /** @param capacity how many vectors are kept at most: then the oldest goes */
  constructor(capacity = 10_000) {
    this.#capacity = capacity
  }

  add(id: string, vector: Float32Array): void {
    this.#vectors.delete(id)
    this.#vectors.set(id, vector)
    const [oldest] = this.#vectors.keys()
    if (oldest !== undefined && this.#vectors.size > this.#capacity) this.#vectors.delete(oldest)
  }

  remove(id: string): void {
    this.#vectors.delete(id)
  }

  /** Those with a similarity of `least` or more, the nearest first. */
  search(vector: Float32Array, least: number): readonly Candidate[] {
    return Array.from(this.#vectors, ([id, other]) => ({ id, similarity: product(vector, other) }))
      .filter(({ similarity }) => similarity >= least)
      .toSorted((one, other) => other.similarity - one.similarity)
  }
}

const product = (one: Float32Array, other: Float32Array) =>
  one.reduce((sum, value, index) => sum + value * (other[index] as number), 0)
