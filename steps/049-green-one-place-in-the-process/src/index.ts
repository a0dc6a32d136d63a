import type { Redis } from 'ioredis'
import RedisMock from 'ioredis-mock'
import type { Connect } from './manager.ts'
import { removeManager, theManager } from './registry.ts'

export interface RedisOptions {
  /** Opens a connection. Default: a fake Redis in memory. */
  readonly connect?: Connect
}

export interface BorrowOptions extends RedisOptions {
  /** Lets a borrower leave the queue: aborting rejects with the signal's reason. Ignored once a connection is lent. */
  readonly signal?: AbortSignal
}

const fake: Connect = async () => new RedisMock()

/**
 * Gives the client that all callers share.
 *
 * @returns a client, or null when Redis cannot be used now
 */
export async function getRedisClient({ connect = fake }: RedisOptions = {}): Promise<Redis | null> {
  return theManager().client(connect)
}

/**
 * Lends a connection to `use`, for itself alone, until the promise that `use` returns is settled.
 *
 * @returns what `use` returned, or null when Redis cannot be used now or all connections stay lent for 5 seconds
 * @throws what `use` throws, and the reason of an aborted signal
 */
export async function withConnection<Result>(
  use: (connection: Redis) => Promise<Result>,
  { connect = fake, signal }: BorrowOptions = {},
): Promise<Result | null> {
  return theManager().lend(use, connect, signal)
}

/** Ends the shared client and all borrowed connections. Calling it again does nothing. */
export async function closeRedisClient(): Promise<void> {
  return removeManager()?.close()
}
