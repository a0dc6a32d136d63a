import { closeRedisClient, getRedisClient, type RedisOptions } from '../../src/index.ts'

let current: string | undefined

/** The client for a url whose password changes from time to time; that of the url before is closed. */
export async function clientFor(url: string, options?: RedisOptions) {
  const client = await getRedisClient({ ...options, url })
  const old = current
  if (client) current = url
  if (client && old !== undefined && old !== url) await closeRedisClient({ url: old })
  return client
}
