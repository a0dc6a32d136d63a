import type { Redis } from 'ioredis'
import RedisMock from 'ioredis-mock'
import { Manager } from './manager.ts'

export interface RedisOptions {
  /** Where Redis is. Default: REDIS_URL of `env`; without that, or when it is empty, redis://localhost:6379/0 */
  readonly url?: string
  /** The environment to read. Default: that of the process. */
  readonly env?: NodeJS.ProcessEnv
  /** Opens a connection. Default: a fake Redis in memory. */
  readonly connect?: (url: string) => Promise<Redis>
}

const DEFAULT_URL = 'redis://localhost:6379/0'

const fake = async (): Promise<Redis> => new RedisMock()

function toConnect({ url, env = process.env, connect = fake }: RedisOptions): () => Promise<Redis> {
  return () => connect(url ?? (env['REDIS_URL'] || DEFAULT_URL))
}

const manager = new Manager()

/**
 * Gives the client that all callers share.
 *
 * @returns a client, or null when Redis cannot be used now
 */
export async function getRedisClient(options: RedisOptions = {}): Promise<Redis | null> {
  return manager.client(toConnect(options))
}

/**
 * Lends a connection to `use`, for itself alone, until the promise that `use` returns is settled.
 *
 * @returns what `use` returned, or null when Redis cannot be used now
 */
export async function withConnection<Result>(
  use: (connection: Redis) => Promise<Result>,
  options: RedisOptions = {},
): Promise<Result | null> {
  return manager.lend(use, toConnect(options))
}

/** Ends the shared client and all borrowed connections. Calling it again does nothing. */
export async function closeRedisClient(): Promise<void> {
  return manager.close()
}
