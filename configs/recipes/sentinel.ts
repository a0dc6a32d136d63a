import { Redis } from 'ioredis'
import type { RedisOptions } from '../../src/index.ts'
import { opened } from './opened.ts'

/** For `connect`, with a url that names the group instead of a host: `redis://user:password@mymaster/0`. */
export function throughSentinels(
  sentinels: readonly { readonly host: string; readonly port: number }[],
): NonNullable<RedisOptions['connect']> {
  return async (url, { exclusive, signal }) => {
    const { hostname, username, password, pathname } = new URL(url)
    let wasReady = false
    const again = (attempt: number) => (wasReady ? Math.min(attempt * 200, 2_000) : null)
    const client = new Redis({
      sentinels: [...sentinels],
      name: hostname,
      ...(username && { username: decodeURIComponent(username) }),
      ...(password && { password: decodeURIComponent(password) }),
      db: Number(pathname.slice(1)),
      lazyConnect: true,
      failoverDetector: true, // a primary that is frozen does not hang up
      sentinelRetryStrategy: again,
      retryStrategy: exclusive ? null : again,
      maxRetriesPerRequest: 0, // never twice
      enableOfflineQueue: false,
      ...(!exclusive && { commandTimeout: 5_000 }),
    })
    await opened(client, signal)
    wasReady = true
    return client
  }
}
