import { Index, MetricKind } from 'usearch'
import type { VectorIndex } from '../../src/cache/index.ts'

/**
 * usearch behind the cache's port: approximate, and fast where there are hundreds of thousands. It finds the nearest 10
 * of all scopes: with more than one tenant, give each a cache of its own.
 */
export function usearchIndex(dimensions: number): VectorIndex {
  const index = new Index(dimensions, MetricKind.IP)
  const ids = new Map<bigint, string>()
  const keys = new Map<string, bigint>()
  let next = 0n
  const remove = (id: string) => {
    const key = keys.get(id)
    if (key === undefined) return
    index.remove(key)
    keys.delete(id)
    ids.delete(key)
  }
  return {
    remove,
    add(id, vector) {
      remove(id)
      index.add(next, vector)
      ids.set(next, id)
      keys.set(id, next)
      next += 1n
    },
    search(vector, least) {
      const { keys: found, distances } = index.search(vector, 10, 1)
      return Array.from(found, (key, at) => ({
        id: ids.get(key) ?? '',
        similarity: 1 - (distances[at] ?? Infinity),
      })).filter(({ id, similarity }) => id !== '' && similarity >= least)
    },
  }
}
