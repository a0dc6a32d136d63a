import type { Redis } from 'ioredis'

/** Commands after which a connection has another user, database, protocol or mode. */
const CHANGING = new Set(
  'auth hello client select subscribe psubscribe ssubscribe monitor readonly readwrite reset'.split(' '),
)

const changed = new WeakSet<Redis>()

/** Takes note of commands that change the connection itself. */
export function recordSessionState(connection: Redis): void {
  const { sendCommand } = connection
  connection.sendCommand = (command, pipeline) => {
    if (CHANGING.has(command.name.toLowerCase())) changed.add(connection)
    return sendCommand.call(connection, command, pipeline)
  }
}

/** Whether the connection is no longer what it was when it was opened. */
export function isChanged(connection: Redis): boolean {
  return changed.has(connection)
}
