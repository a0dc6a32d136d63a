import type { Redis } from 'ioredis'
import RedisMock from 'ioredis-mock'

export interface RedisOptions {
  /** Opens a connection. Default: a fake Redis in memory. */
  readonly connect?: () => Promise<Redis>
}

const fake = async (): Promise<Redis> => new RedisMock()

let client: Promise<Redis> | undefined
const idle: Redis[] = []

/**
 * Gives the client that all callers share.
 *
 * @returns a client, or null when Redis cannot be used now
 */
export async function getRedisClient({ connect = fake }: RedisOptions = {}): Promise<Redis | null> {
  client ??= connect()
  return client
}

/**
 * Lends a connection to `use`, for itself alone, until the promise that `use` returns is settled.
 *
 * @returns what `use` returned, or null when Redis cannot be used now
 */
export async function withConnection<Result>(
  use: (connection: Redis) => Promise<Result>,
  { connect = fake }: RedisOptions = {},
): Promise<Result | null> {
  const connection = idle.pop() ?? (await connect())
  const result = await use(connection)
  idle.push(connection)
  return result
}

/** Ends the shared client. Calling it again does nothing. */
export async function closeRedisClient(): Promise<void> {
  const closing = await client
  client = undefined
  closing?.disconnect()
}
