import type { Redis } from 'ioredis'
import RedisMock from 'ioredis-mock'
import { Manager, type Connect } from './manager.ts'

export interface RedisOptions {
  /** Opens a connection. Default: a fake Redis in memory. */
  readonly connect?: Connect
}

const fake: Connect = async () => new RedisMock()

const manager = new Manager()

/**
 * Gives the client that all callers share.
 *
 * @returns a client, or null when Redis cannot be used now
 */
export async function getRedisClient({ connect = fake }: RedisOptions = {}): Promise<Redis | null> {
  return manager.client(connect)
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
  return manager.lend(use, connect)
}

/** Ends the shared client and all borrowed connections. Calling it again does nothing. */
export async function closeRedisClient(): Promise<void> {
  return manager.close()
}
