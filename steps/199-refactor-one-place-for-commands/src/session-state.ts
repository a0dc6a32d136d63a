import type { Redis } from 'ioredis'
import { effectOf } from './command-effects.ts'
import { watchCommands } from './watch-commands.ts'

/** What the next borrower of a connection would get. Of one that was not opened by `dial` nothing is known. */
export const sessionState = new WeakMap<Redis, 'clean' | 'watching' | 'changed'>()

/** Records what the commands of a borrower leave behind. */
export function recordSessionState(connection: Redis): void {
  sessionState.set(connection, 'clean')
  watchCommands(connection, ({ name }) => {
    const leaves = effectOf(name)?.leaves
    // While it connects, ioredis itself logs in and selects.
    const isOurs = connection.status === 'connect'
    if (leaves && !isOurs && sessionState.get(connection) !== 'changed') sessionState.set(connection, leaves)
    return undefined
  })
}
