import type { Redis } from 'ioredis'
import { redactClient } from './redact-client.ts'

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
  await client.connect().catch(() => {
    throw cause
  })
  return client
}
