import { inspect } from 'node:util'
import type { Redis } from 'ioredis'
import { redactUrl } from './url.ts'
import { watchCommands } from './watch-commands.ts'

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
  const { duplicate, options } = client
  // What is not enumerable is shown by nobody who only looks around. A copy has to be given it by name.
  const { username, password } = options
  for (const name of ['username', 'password']) Object.defineProperty(options, name, { enumerable: false })
  // With what to log in at the next connection, and whether it subscribed.
  for (const name of ['condition', 'prevCondition']) {
    Object.defineProperty(client, name, { enumerable: false, writable: true })
  }
  client.duplicate = (changes) => {
    // Its first command connects it, and waits for that.
    const override = { username, password, enableOfflineQueue: true, ...changes }
    const copy = redactClient(duplicate.call(client, override), url)
    watchCommands(copy)
    client.emit('duplicate', copy)
    return copy
  }
  return client
}
