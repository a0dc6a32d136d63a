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
  /** Pipelines of which a command was refused. */
  const refused = new WeakMap<object, Error>()
  client.sendCommand = (command, pipeline) => {
    const { name } = command
    // Of a MULTI that comes with its EXEC nobody else feels anything.
    const isWhole = name === 'multi' && command.inTransaction
    // Before it is ready, ioredis itself logs in and selects the database.
    const isRefused = client.status === 'ready' && REFUSED.has(name.toLowerCase()) && !isWhole
    const refusal = pipeline && refused.get(pipeline)
    if (!isRefused && !refusal) return sendCommand.call(client, command, pipeline)
    const error =
      refusal ?? new Error(`${name} would change the connection that all callers share: use withConnection()`)
    command.reject(error)
    if (pipeline) {
      refused.set(pipeline, error)
      // A pipeline is sent with its last command. The earlier ones are at the end of the queue and wait for answers.
      const { commandQueue } = client
      while (commandQueue.peekBack()?.stream === pipeline) commandQueue.pop()?.command.reject(error)
    }
    return command.promise
  }
}
