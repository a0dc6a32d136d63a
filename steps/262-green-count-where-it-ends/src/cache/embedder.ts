/** Makes vectors of texts, alike for texts that mean the same. */
export interface Embedder {
  /** Errors name it. */
  readonly id: string
  /** The vector of a text: as long for every text. */
  embed(text: string): Promise<ArrayLike<number>>
}

/**
 * The vector of a text, made 1 long: the similarity of two is then the sum of their products.
 *
 * @throws RangeError for a vector that has no direction
 */
export async function unitVector(embedder: Embedder, text: string): Promise<Float32Array> {
  const values = Float64Array.from(await embedder.embed(text))
  const length = Math.hypot(...values)
  if (length > 0 && length < Infinity) return Float32Array.from(values, (value) => value / length)
  throw new RangeError(
    `Expected "${embedder.id}" to make a vector with a direction, but its length is ${length}`,
  )
}
