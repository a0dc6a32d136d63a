import { SemanticCache } from './semantic-cache.ts'
import { resolve, type CacheOptions } from './settings.ts'

export type { Embedder } from './embedder.ts'
export { FlatIndex, type Candidate, type VectorIndex } from './flat-index.ts'
export { toPrometheus } from './prometheus.ts'
export type { CacheRequest } from './request.ts'
export type { Found, Invalidation, SemanticCache } from './semantic-cache.ts'
export type { CacheOptions } from './settings.ts'
export type { Statistics } from './statistics.ts'

/**
 * Keeps a model's answers in Redis, and serves them when the same question comes again.
 *
 * @throws RangeError for a setting that makes no sense
 */
export function semanticCache(options: CacheOptions = {}): SemanticCache {
  return new SemanticCache(resolve(options))
}
