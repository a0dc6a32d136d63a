import { SemanticCache } from './semantic-cache.ts'
import { resolve, type CacheOptions } from './settings.ts'
import type { CacheRequest } from './request.ts'
import type { Found, Invalidation } from './semantic-cache.ts'

export type { CacheOptions, CacheRequest, Found, Invalidation, SemanticCache }

/**
 * Keeps a model's answers in Redis, and serves them when the same question comes again.
 *
 * @throws RangeError for a setting that makes no sense
 */
export function semanticCache(options: CacheOptions = {}): SemanticCache {
  return new SemanticCache(resolve(options))
}
