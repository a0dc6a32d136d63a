import { hash } from 'node:crypto'
import type { Embedder } from '../../src/cache/index.ts'

const DIMENSIONS = 256

/**
 * Texts that share words, or parts of words, get vectors that are alike: it knows spelling, and no meaning. No model to
 * download, the same vectors everywhere; good for tests, too little for a service.
 */
export const hashingEmbedder: Embedder = {
  id: 'hashing-256',
  async embed(text) {
    const vector = new Float64Array(DIMENSIONS)
    for (const word of text.toLowerCase().match(/[\p{L}\d]+/gu) ?? []) {
      const padded = ` ${word} `
      const parts = Array.from({ length: padded.length - 2 }, (_, at) => padded.slice(at, at + 3))
      for (const part of [padded, ...parts]) {
        const [where = 0, sign = 0] = hash('sha256', part, 'buffer')
        vector[where] = (vector[where] ?? 0) + (sign % 2 === 0 ? 1 : -1)
      }
    }
    return vector
  },
}
