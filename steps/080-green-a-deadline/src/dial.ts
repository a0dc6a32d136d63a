import type { Redis } from 'ioredis'
import { redactClient } from './redact-client.ts'

/** A connection must be ready within so many milliseconds: name looked up, accepted, authenticated, data loaded. */
const CONNECT_TIMEOUT = 2_500

/**
 * Opens a connection that is ready to use.
 *
 * @throws why it cannot be opened
 */
export async function dial(url: string): Promise<Redis> {
  const { Redis } = await import('ioredis')
  const client = redactClient(new Redis(url, { lazyConnect: true, retryStrategy: null }), url)
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
    return client
  } catch {
    throw cause
  } finally {
    clearTimeout(timer)
  }
}
