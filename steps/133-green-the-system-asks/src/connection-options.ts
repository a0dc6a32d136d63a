import type { RedisOptions } from 'ioredis'
import { backOff } from './back-off.ts'

/** What every connection has in common. */
const COMMON = {
  // Connecting is awaited, so that somebody hears of it when it fails.
  lazyConnect: true,
  // How long a server may take to say goodbye, in milliseconds. ioredis waits 2,000, and the process with it.
  disconnectTimeout: 50,
  // After so many milliseconds of silence the operating system asks the other side's whether it is still there.
  // By default it begins to ask after two hours.
  keepAlive: 30_000,
} satisfies RedisOptions

/** For a connection that one borrower has for itself. When it is lost, the pool opens another one. */
export const EXCLUSIVE: RedisOptions = { ...COMMON, retryStrategy: null }

/**
 * For the connection that all callers share.
 *
 * @param mayReconnect asked when the connection is gone. One that was ready and is lost comes back by itself. Whether to
 *   try again after one that never was, or that nobody will let in, is for the circuit breaker to say.
 */
export function shared(mayReconnect: () => boolean): RedisOptions {
  return {
    ...COMMON,
    // A command must be answered within so many milliseconds. Without it one to a frozen server waits without end.
    commandTimeout: 5_000,
    // When a connection is lost nobody knows whether the server has run a command. 0 tells the caller, instead of
    // running it again: with any other value an INCR can count twice.
    maxRetriesPerRequest: 0,
    // Commands do not pile up in memory to run minutes too late.
    enableOfflineQueue: false,
    // After a failover the address may lead to another server. The command itself has failed and is not sent again.
    reconnectOnError: (error) => error.message.startsWith('READONLY'),
    retryStrategy: (attempt) => (mayReconnect() ? backOff(attempt) : null),
  }
}
