import type { Redis } from 'ioredis'

/** After these a connection has another user, database or protocol, or listens; or all others wait for one caller. */
const REFUSED = new Set(
  [
    'select auth hello reset readonly readwrite monitor subscribe psubscribe ssubscribe watch multi wait waitaof',
    'blpop brpop brpoplpush blmove blmpop bzpopmin bzpopmax bzmpop',
  ].flatMap((names) => names.split(' ')),
)

/** Refuses on a shared client what would spoil it for everybody else. */
export function guard(client: Redis): void {
  const { sendCommand } = client
  client.sendCommand = (command, stream) => {
    const { name } = command
    // Before it is ready, ioredis itself logs in and selects the database.
    const isRefused = client.status === 'ready' && REFUSED.has(name.toLowerCase())
    if (!isRefused) return sendCommand.call(client, command, stream)
    command.reject(
      new Error(`${name} would change the connection that all callers share: use withConnection()`),
    )
    return command.promise
  }
}
