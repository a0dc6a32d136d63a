import { inspect } from 'node:util'
import type { Redis } from 'ioredis'
import { redactUrl } from './url.ts'
import { watchCommands } from './watch-commands.ts'

/** Makes `console.log` and `JSON.stringify` show a client's address instead of its options: they hold the password. */
export function redactClient(client: Redis, url: string): Redis {
  const { duplicate, options } = client
  // What is not enumerable is shown by nobody who only looks around. A copy has to be given it by name.
  const { username, password } = options
  const hidden = { enumerable: false, writable: true }
  const asAddress = { value: () => `Redis ${redactUrl(url)}` }
  const shown = { toJSON: asAddress, [inspect.custom]: asAddress }
  Object.defineProperties(options, { ...shown, username: hidden, password: hidden })
  // With what to log in at the next connection, and whether it subscribed.
  Object.defineProperties(client, { ...shown, condition: hidden, prevCondition: hidden })
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
