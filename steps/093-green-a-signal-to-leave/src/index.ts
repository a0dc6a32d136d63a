import type { Redis } from 'ioredis'
import { Manager } from './manager.ts'
import { resolve, type BorrowOptions, type Logger, type RedisOptions } from './options.ts'
import { managerFor, removeManagers } from './registry.ts'

export type { BorrowOptions, Logger, RedisOptions }

/**
 * Gives the client that all callers for a url share.
 *
 * @returns a client, or null when Redis cannot be used now
 * @throws TypeError when the url cannot be used
 */
export async function getRedisClient(options: RedisOptions = {}): Promise<Redis | null> {
  return manager(options).client()
}

/**
 * Lends a connection to `use`, for itself alone, until the promise that `use` returns is settled.
 *
 * @returns what `use` returned, or null when Redis cannot be used now or all connections stay lent for 5 seconds
 * @throws what `use` throws, and the reason of an aborted signal; TypeError when the url cannot be used
 */
export async function withConnection<Result>(
  use: (connection: Redis) => Promise<Result>,
  options: BorrowOptions = {},
): Promise<Result | null> {
  return manager(options).lend(use, options.signal)
}

/** Ends every shared client and all borrowed connections. Calling it again does nothing. */
export async function closeRedisClient(): Promise<void> {
  await Promise.all(removeManagers().map((each) => each.close()))
}

function manager(options: RedisOptions): Manager {
  const resolved = resolve(options)
  return managerFor(resolved.url, () => new Manager(resolved))
}
