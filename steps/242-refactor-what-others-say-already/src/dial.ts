import type { Redis } from 'ioredis'
import { backOff } from './back-off.ts'
import { batchWrites } from './batch-writes.ts'
import { redactClient } from './redact-client.ts'
import { LENT, shared } from './connection-options.ts'
import { everyTick, keepDeadlines } from './deadline.ts'
import { guard } from './guard.ts'
import { hintFor } from './hint.ts'
import type { DialOptions } from './options.ts'
import { recordSessionState } from './session-state.ts'

/** A connection must be ready within so many milliseconds: name looked up, accepted, authenticated, data loaded. */
const CONNECT_TIMEOUT = 2_500
/** A client that was ready tries to come back at least every so many milliseconds, whatever keeps it away. */
const LONGEST_RECONNECT = 5_000

/** Opens a connection that is ready to use, or throws why it cannot be opened. */
export async function dial(url: string, options: DialOptions): Promise<Redis> {
  const { exclusive, signal, commandTimeout } = options
  const { Redis } = await import('ioredis')
  let wasReady = false
  // The promise of connect() says only "Connection is closed."; the reason comes as an event.
  let cause: unknown
  // Why we hang up ourselves; that makes errors of its own.
  let reason: Error | undefined
  const pause = (attempt: number) =>
    wasReady ? backOff(hintFor(String(cause))?.notRetryable ? Infinity : attempt, LONGEST_RECONNECT) : null
  const client = new Redis(url, { ...(exclusive ? LENT : shared(pause)), ...options.ioredis })
  redactClient(client, url)
  if (exclusive) recordSessionState(client)
  else guard(client)
  client.on('error', (error: Error & { readonly command?: { readonly name: string } }) => {
    cause = error
    // ioredis would go on in database 0.
    if (error.command?.name !== 'select') return
    reason = error
    client.disconnect(true)
  })
  const refused = new Set<string>()
  client.on('refused', (name: string) => refused.add(name))
  client.on('ready', () => (cause = undefined))
  keepDeadlines(client, commandTimeout, !exclusive)
  if (options.batchWrites) batchWrites(client)
  signal.addEventListener('abort', () => client.disconnect())
  // No option of ioredis ends the wait for a server that accepts and then says nothing.
  const stop = everyTick((passed) => {
    if (passed < CONNECT_TIMEOUT) return
    reason = new Error(`no answer within ${CONNECT_TIMEOUT} ms`)
    client.disconnect()
  })
  try {
    await client.connect()
    wasReady = true
    if (refused.size > 0) options.warn(`refuses ${[...refused].join(', ')}; the client works without`)
    return client
  } catch (error) {
    throw reason ?? cause ?? error
  } finally {
    stop()
  }
}
