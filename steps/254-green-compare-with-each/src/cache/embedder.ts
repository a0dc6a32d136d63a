/** Makes vectors of texts, alike for texts that mean the same. */
export interface Embedder {
  /** Errors name it. */
  readonly id: string
  /** The vector of a text: as long for every text. */
  embed(text: string): Promise<ArrayLike<number>>
}

/** The vector of a text, made 1 long: the similarity of two is then the sum of their products. */
export async function unitVector(embedder: Embedder, text: string): Promise<Float32Array> {
  const values = Float64Array.from(await embedder.embed(text))
  const length = Math.hypot(...values)
  return Float32Array.from(values, (value) => value / length)
}
