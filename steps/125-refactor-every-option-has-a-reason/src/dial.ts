import type { Redis } from 'ioredis'
import { redactClient } from './redact-client.ts'
import { EXCLUSIVE, shared } from './connection-options.ts'
import { keepAlive } from './heartbeat.ts'

/** A connection must be ready within so many milliseconds: name looked up, accepted, authenticated, data loaded. */
const CONNECT_TIMEOUT = 2_500

export interface DialOptions {
  /** Whether one borrower has it for itself; it may then wait in a command for as long as it likes. */
  readonly exclusive: boolean
  /** Aborted when nobody wants the connection any more. */
  readonly signal: AbortSignal
}

/**
 * Opens a connection that is ready to use.
 *
 * @throws why it cannot be opened
 */
export async function dial(url: string, { exclusive, signal }: DialOptions): Promise<Redis> {
  const { Redis } = await import('ioredis')
  let wasReady = false
  const client = redactClient(new Redis(url, exclusive ? EXCLUSIVE : shared(() => wasReady)), url)
  // The promise of connect() says only "Connection is closed."; the reason comes as an event.
  let cause: unknown
  client.on('error', (error) => (cause = error))
  signal.addEventListener('abort', () => client.disconnect())
  // No option of ioredis ends the wait for a server that accepts and then says nothing.
  const timer = setTimeout(() => {
    cause = new Error(`no answer within ${CONNECT_TIMEOUT} ms`)
    client.disconnect()
  }, CONNECT_TIMEOUT)
  try {
    await client.connect()
    wasReady = true
    if (!exclusive) keepAlive(client)
    return client
  } catch {
    throw cause
  } finally {
    clearTimeout(timer)
  }
}
