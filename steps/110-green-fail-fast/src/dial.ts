import type { Redis, RedisOptions } from 'ioredis'
import { backOff } from './back-off.ts'
import { redactClient } from './redact-client.ts'

/** A connection must be ready within so many milliseconds: name looked up, accepted, authenticated, data loaded. */
const CONNECT_TIMEOUT = 2_500
/** A command on the shared connection must be answered within so many milliseconds. */
const COMMAND_TIMEOUT = 5_000

export interface DialOptions {
  /** Whether one borrower has it for itself; it may then wait in a command for as long as it likes. */
  readonly exclusive: boolean
}

/**
 * Opens a connection that is ready to use.
 *
 * @throws why it cannot be opened
 */
export async function dial(url: string, { exclusive }: DialOptions): Promise<Redis> {
  const { Redis } = await import('ioredis')
  let wasReady = false
  const shared: RedisOptions = {
    commandTimeout: COMMAND_TIMEOUT,
    // When a connection is lost nobody knows whether the server has run a command. 0 tells the caller, instead of
    // running it again.
    maxRetriesPerRequest: 0,
    // Commands do not pile up in memory to run minutes too late.
    enableOfflineQueue: false,
    // A connection that never was is for the circuit breaker; one that was and is lost comes back by itself.
    retryStrategy: (attempt) => (wasReady ? backOff(attempt) : null),
  }
  const options = { lazyConnect: true, ...(exclusive ? { retryStrategy: null } : shared) }
  const client = redactClient(new Redis(url, options), url)
  // The promise of connect() says only "Connection is closed."; the reason comes as an event.
  let cause: unknown
  client.on('error', (error) => (cause = error))
  // No option of ioredis ends the wait for a server that accepts and then says nothing.
  const timer = setTimeout(() => {
    cause = new Error(`no answer within ${CONNECT_TIMEOUT} ms`)
    client.disconnect()
  }, CONNECT_TIMEOUT)
  try {
    await client.connect()
    wasReady = true
    return client
  } catch {
    throw cause
  } finally {
    clearTimeout(timer)
  }
}
