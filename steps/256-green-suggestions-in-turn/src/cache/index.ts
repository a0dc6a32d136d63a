import { SemanticCache } from './semantic-cache.ts'
import { resolve, type CacheOptions } from './settings.ts'
import type { CacheRequest } from './request.ts'
import type { Found, Invalidation } from './semantic-cache.ts'
import type { Embedder } from './embedder.ts'
import { FlatIndex, type Candidate, type VectorIndex } from './flat-index.ts'

export { FlatIndex }
export type {
  CacheOptions,
  CacheRequest,
  Candidate,
  Embedder,
  Found,
  Invalidation,
  SemanticCache,
  VectorIndex,
}

/**
 * Keeps a model's answers in Redis, and serves them when the same question comes again.
 *
 * @throws RangeError for a setting that makes no sense
 */
export function semanticCache(options: CacheOptions = {}): SemanticCache {
  return new SemanticCache(resolve(options))
}
