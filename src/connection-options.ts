import type { RedisOptions } from 'ioredis'

const COMMON = {
  // Connecting is awaited, so that somebody hears of it when it fails.
  lazyConnect: true,
  // How long a server may take to say goodbye, in milliseconds. ioredis waits 2,000, and the process with it.
  disconnectTimeout: 50,
  // After so many milliseconds of silence the operating system asks whether the other side is still there.
  keepAlive: 30_000,
  // A server that is loading its data is asked again after so many milliseconds; by default after up to 10,000.
  maxLoadingRetryTime: 50,
} satisfies RedisOptions

/** Of a connection that a borrower has for itself. A lost one does not come back: the pool opens another. */
export const LENT = { ...COMMON, connectionName: 'redis-client-manager:lent', retryStrategy: null }

/** A client whose server has become a replica looks for the new primary once in so many milliseconds. */
const LOOK_AGAIN = 30_000

/** Of the connection that all callers share. When it is lost it comes back after a pause, in milliseconds. */
export function shared(pause: (attempt: number) => number | null): RedisOptions {
  let lookedAt = -Infinity
  let isLooking = false
  return {
    ...COMMON,
    connectionName: 'redis-client-manager:shared',
    // When a connection is lost nobody knows whether the server has run a command. 0 tells the caller, instead of
    // running it again: with any other value an INCR can count twice.
    maxRetriesPerRequest: 0,
    // Commands do not pile up in memory to run minutes too late.
    enableOfflineQueue: false,
    // After a failover the address may lead to another server. The command itself has failed and is not sent again.
    reconnectOnError: ({ message }) => {
      const now = performance.now()
      // Not for every write: a replica can be read.
      if (!message.startsWith('READONLY') || now - lookedAt < LOOK_AGAIN) return false
      lookedAt = now
      isLooking = true
      return true
    },
    retryStrategy: (attempt) => {
      const wait = isLooking ? 0 : pause(attempt)
      isLooking = false
      return wait
    },
  }
}

/** What the url says, and what the promises of this client rest on. */
const OURS = new Set(
  [
    'host port username password db lazyConnect enableOfflineQueue enableAutoPipelining monitor retryStrategy',
    'maxRetriesPerRequest autoResendUnfulfilledCommands reconnectOnError commandTimeout blockingTimeout socketTimeout',
  ].flatMap((names) => names.split(' ')),
)

/** @throws TypeError when one of the options is not for others to set */
export function checkIoredis(options: RedisOptions): RedisOptions {
  const name = Object.keys(options).find((each) => OURS.has(each))
  if (name) throw new TypeError(`ioredis: ${name} is set by the url or by this client; leave it out`)
  return options
}
