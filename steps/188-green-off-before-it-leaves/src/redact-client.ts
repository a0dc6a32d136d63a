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
  const { duplicate, sendCommand } = client
  client.sendCommand = (command, pipeline) => {
    const { reject } = command
    command.reject = (error) => {
      redactArguments(error)
      reject(error)
    }
    return sendCommand.call(client, command, pipeline)
  }
  client.duplicate = (override) => {
    // Its first command connects it, and waits for that.
    const copy = redactClient(duplicate.call(client, { enableOfflineQueue: true, ...override }), url)
    client.emit('duplicate', copy)
    return copy
  }
  return client
}

/** ioredis hangs the command that failed onto the error, and its arguments may be secrets: AUTH has the password. */
function redactArguments(error: Error & { command?: { args?: unknown } }): void {
  delete error.command?.args
}
