import { Cluster, type Redis } from 'ioredis'
import type { RedisOptions } from '../../src/index.ts'
import { opened } from './opened.ts'

/** For `connect`. Any node of the url's will do to begin with: it names the others. */
export const toCluster: NonNullable<RedisOptions['connect']> = async (url, { exclusive, signal }) => {
  const { hostname, port, username, password } = new URL(url)
  let wasReady = false
  const cluster = new Cluster([{ host: hostname, port: Number(port || 6379) }], {
    lazyConnect: true,
    retryDelayOnFailover: 0, // else what was under way is sent twice
    clusterRetryStrategy: (attempt) => (wasReady ? Math.min(attempt * 200, 2_000) : null),
    redisOptions: {
      ...(username && { username: decodeURIComponent(username) }),
      ...(password && { password: decodeURIComponent(password) }),
      ...(!exclusive && { commandTimeout: 5_000 }),
    },
  })
  await opened(cluster, signal)
  wasReady = true
  // The same commands, but for SELECT, and transactions over keys of one slot only.
  return cluster as unknown as Redis
}
