import type { Redis } from 'ioredis'
import RedisMock from 'ioredis-mock'

export interface RedisOptions {
  /** Opens a connection. Default: a fake Redis in memory. */
  readonly connect?: () => Promise<Redis>
}

const fake = async (): Promise<Redis> => new RedisMock()

let client: Promise<Redis> | undefined

/**
 * Gives the client that all callers share.
 *
 * @returns a client, or null when Redis cannot be used now
 */
export async function getRedisClient({ connect = fake }: RedisOptions = {}): Promise<Redis | null> {
  client ??= connect()
  return client
}

/** Ends the shared client. Calling it again does nothing. */
export async function closeRedisClient(): Promise<void> {
  const closing = await client
  client = undefined
  closing?.disconnect()
}
