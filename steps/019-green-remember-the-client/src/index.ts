import type { Redis } from 'ioredis'
import RedisMock from 'ioredis-mock'

let client: Redis | undefined

/**
 * Gives the client that all callers share.
 *
 * @returns a client, or null when Redis cannot be used now
 */
export async function getRedisClient(): Promise<Redis | null> {
  client ??= new RedisMock()
  return client
}
