import type { Redis } from 'ioredis'

/** Commands after which a connection has another user, database, protocol or mode. */
const CHANGING = new Set(
  'auth hello client select subscribe psubscribe ssubscribe monitor readonly readwrite reset'.split(' '),
)

/** Commands that leave keys watched, or a transaction open. */
const WATCHING = new Set(['watch', 'multi'])

const changed = new WeakSet<Redis>()
const watching = new WeakMap<Redis, boolean>()

/** Records commands that change session state: the next borrower would get it. */
export function recordSessionState(connection: Redis): void {
  const { sendCommand } = connection
  watching.set(connection, false)
  connection.sendCommand = (command, pipeline) => {
    const name = command.name.toLowerCase()
    if (CHANGING.has(name)) changed.add(connection)
    if (WATCHING.has(name)) watching.set(connection, true)
    return sendCommand.call(connection, command, pipeline)
  }
}

/** Whether the connection is no longer what it was when it was opened. */
export function isChanged(connection: Redis): boolean {
  return changed.has(connection)
}

/** Whether keys may be watched or a transaction be open. Without a record, assume so. */
export function mayBeWatching(connection: Redis): boolean {
  return watching.get(connection) ?? true
}

/** The server was asked to watch nothing any more. Where that does not help, the connection is not lent again. */
export function noteUnwatched(connection: Redis): void {
  if (watching.has(connection)) watching.set(connection, false)
}
