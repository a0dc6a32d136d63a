import type { Redis } from 'ioredis'
import { redactClient } from './redact-client.ts'

/**
 * Opens a connection that is ready to use.
 *
 * @throws when it cannot be opened
 */
export async function dial(url: string): Promise<Redis> {
  const { Redis } = await import('ioredis')
  const client = redactClient(new Redis(url, { lazyConnect: true, retryStrategy: null }), url)
  await client.connect()
  return client
}
