import { inspect } from 'node:util'
import type { Redis } from 'ioredis'
import { redactUrl } from './url.ts'

/**
 * Makes `console.log` and `JSON.stringify` show where a client is connected to instead of all it knows: its options hold
 * the password.
 */
export function redactClient(client: Redis, url: string): Redis {
  const show = { value: () => `Redis ${redactUrl(url)}` }
  for (const target of [client, client.options]) {
    // Not enumerable, so that `duplicate()`, which spreads the options, copies the password and not these.
    Object.defineProperties(target, { toJSON: show, [inspect.custom]: show })
  }
  return client
}
