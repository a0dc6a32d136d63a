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
  // Listens before anybody else can.
  client.on('error', redactArguments)
  return client
}

/** ioredis hangs the command that failed onto the error. AUTH has the password for an argument. */
function redactArguments(error: Error & { command?: { args?: unknown } }): void {
  delete error.command?.args
}
