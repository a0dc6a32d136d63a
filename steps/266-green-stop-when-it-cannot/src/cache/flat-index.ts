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

/** How many dimensions are multiplied before the rest is estimated. */
const BLOCK = 16
/** More than rounding to 32 bits takes from a similarity, or adds to it. */
const ROUNDING = 1e-6

/** For all vectors the same 16 dimensions. */
interface Block {
  readonly values: Float32Array
  /** For each vector, how long what comes behind this block is. */
  readonly rests: Float32Array
}

/**
 * Compares with each vector, and finds what a plain loop finds. It stops multiplying when even a rest in the same
 * direction cannot bring the similarity to the least (Cauchy and Schwarz): after a tenth, for most vectors.
 */
export class FlatIndex implements VectorIndex {
  /** How many products of two numbers the searches have computed. */
  products = 0
  readonly #capacity: number
  /** Id -> row, the oldest first. */
  readonly #rows = new Map<string, number>()
  /** Row -> id. */
  readonly #ids: string[] = []
  #dimensions = 0
  #blocks: readonly Block[] = []

  /** @param capacity how many vectors are kept at most: then the oldest goes */
  constructor(capacity = 10_000) {
    this.#capacity = capacity
  }

  add(id: string, vector: Float32Array): void {
    const parts = split(vector)
    if (this.#dimensions === 0) this.#allocate(vector.length, parts.length)
    this.#check(vector)
    this.remove(id)
    const [oldest] = this.#rows.keys()
    if (oldest !== undefined && this.#rows.size === this.#capacity) this.remove(oldest)
    this.#put(id, parts)
  }

  remove(id: string): void {
    const row = this.#rows.get(id)
    if (row === undefined) return
    this.#rows.delete(id)
    // The last row takes its place.
    const last = this.#ids.pop()
    const from = this.#ids.length
    if (last === undefined || row === from) return
    this.#ids[row] = last
    this.#rows.set(last, row)
    for (const { values, rests } of this.#blocks) {
      values.copyWithin(row * BLOCK, from * BLOCK, (from + 1) * BLOCK)
      rests[row] = at(rests, from)
    }
  }

  search(vector: Float32Array, least: number): readonly Candidate[] {
    if (this.#ids.length === 0) return []
    this.#check(vector)
    const parts = split(vector)
    const found: Candidate[] = []
    for (let row = 0; row < this.#ids.length; row += 1) {
      const similarity = this.#similarity(parts, row, least)
      if (similarity >= least) found.push({ id: this.#ids[row] as string, similarity })
    }
    return found.toSorted((one, other) => other.similarity - one.similarity)
  }

  /** -1, the least there is, when it does not reach `least`. */
  #similarity(parts: readonly Part[], row: number, least: number): number {
    let similarity = 0
    for (let index = 0; index < parts.length; index += 1) {
      const { values, rest } = parts[index] as Part
      const block = this.#blocks[index] as Block
      similarity += product(values, block.values, row * BLOCK)
      this.products += BLOCK
      if (similarity + rest * at(block.rests, row) < least - ROUNDING) return -1
    }
    return similarity
  }

  #put(id: string, parts: readonly Part[]): void {
    const row = this.#ids.push(id) - 1
    this.#rows.set(id, row)
    for (const [index, { values, rest }] of parts.entries()) {
      const block = this.#blocks[index] as Block
      block.values.set(values, row * BLOCK)
      block.rests[row] = rest
    }
  }

  /** For all vectors at once: memory that is not used yet costs nothing. */
  #allocate(dimensions: number, blocks: number): void {
    this.#dimensions = dimensions
    this.#blocks = Array.from({ length: blocks }, () => ({
      values: new Float32Array(this.#capacity * BLOCK),
      rests: new Float32Array(this.#capacity),
    }))
  }

  #check({ length }: Float32Array): void {
    if (length !== this.#dimensions)
      throw new RangeError(`Expected a vector of ${this.#dimensions} dimensions, but one of ${length} came`)
  }
}

/** 16 dimensions of one vector, the last filled up with 0, and how long what comes behind them is. */
interface Part {
  readonly values: Float32Array
  readonly rest: number
}

function split(vector: Float32Array): readonly Part[] {
  let squares = 0
  const parts: Part[] = []
  for (let end = Math.ceil(vector.length / BLOCK) * BLOCK; end > 0; end -= BLOCK) {
    const values = new Float32Array(BLOCK)
    values.set(vector.subarray(end - BLOCK, end))
    parts.push({ values, rest: Math.sqrt(squares) })
    for (const value of values) squares += value * value
  }
  return parts.toReversed()
}

/** The sum of products of 16 dimensions. Four at a time: a sum that waits for the one before is slower. */
function product(one: Float32Array, other: Float32Array, start: number): number {
  let sum = 0
  for (let index = 0; index < BLOCK; index += 4) {
    const from = start + index
    sum +=
      at(one, index) * at(other, from) +
      at(one, index + 1) * at(other, from + 1) +
      at(one, index + 2) * at(other, from + 2) +
      at(one, index + 3) * at(other, from + 3)
  }
  return sum
}

/** The index is within bounds. */
const at = (values: Float32Array, index: number) => values[index] as number
