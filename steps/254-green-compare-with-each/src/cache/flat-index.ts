export interface Candidate {
  readonly id: string
  readonly similarity: number
}

/** Compares with each vector. */
export class FlatIndex {
  readonly #vectors = new Map<string, Float32Array>()

  add(id: string, vector: Float32Array): void {
    this.#vectors.set(id, vector)
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
