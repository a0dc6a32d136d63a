import { SemanticCache } from './semantic-cache.ts'
import type { CacheRequest } from './request.ts'

export type { CacheRequest, SemanticCache }

/** Keeps a model's answers in Redis, and serves them when the same question comes again. */
export function semanticCache(): SemanticCache {
  return new SemanticCache()
}
