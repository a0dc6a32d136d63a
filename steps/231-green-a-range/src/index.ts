import type { Redis } from 'ioredis'
import type { BorrowOptions, CloseOptions, RedisOptions } from './options.ts'
import { managerFor, removeManagers } from './registry.ts'

export type { BorrowOptions, CloseOptions, Logger, RedisOptions } from './options.ts'

/**
 * Gives the client that all callers for a url share.
 *
 * @returns a client, or null when Redis cannot be used now
 * @throws TypeError when the url or an option cannot be used
 */
export async function getRedisClient(options: RedisOptions = {}): Promise<Redis | null> {
  return managerFor(options).client()
}

/**
 * Lends a connection to `use`, for itself alone, until the promise that `use` returns is settled.
 *
 * @returns what `use` returned, or null when Redis cannot be used now or all connections stay lent for `maxWait`
 * @throws what `use` throws, and the reason of an aborted signal; TypeError when the url or an option cannot be used
 */
export async function withConnection<Result>(
  use: (connection: Redis) => Promise<Result>,
  options: BorrowOptions = {},
): Promise<Result | null> {
  return managerFor(options).pool.lend(use, options.signal)
}

/**
 * Ends every shared client and all borrowed connections, or those of one url, when what is under way on them has been
 * answered. Calling it again does nothing.
 *
 * @throws TypeError when the url cannot be used
 */
export async function closeRedisClient({ drain = 1_000, url }: CloseOptions = {}): Promise<void> {
  await Promise.all(removeManagers(url).map((each) => each.close(drain)))
}
