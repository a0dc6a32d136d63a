import type { Redis } from 'ioredis'

type Command = Parameters<Redis['sendCommand']>[0]

/** A command must be answered within so many milliseconds. */
const LIMIT = 5_000
/** One that waits on the server has so many milliseconds more than it asked for. */
const GRACE = 1_000
/** How often to look, in milliseconds. */
const TICK = 250

/** Rejects a command that is not answered in time, and drops its connection: a later answer has no caller. */
export function keepDeadlines(connection: Redis): void {
  const { sendCommand } = connection
  const limits = new WeakMap<object, number>()
  let first: object | undefined
  let waited = 0
  const timer = setInterval(() => {
    const command = connection.commandQueue.peekFront()?.command
    // The time of a command begins when it is the first in the queue.
    waited = command === first ? waited + TICK : TICK
    first = command
    if (!command || waited < (limits.get(command) ?? LIMIT)) return
    command.reject(new Error('Command timed out'))
    connection.disconnect()
  }, TICK)
  connection.once('close', () => clearInterval(timer))
  connection.sendCommand = (command, pipeline) => {
    const wait = ownWait(command)
    if (wait !== undefined) limits.set(command, wait > 0 ? wait + GRACE : Infinity)
    return sendCommand.call(connection, command, pipeline)
  }
}

/** How long a command itself wants to wait on the server, in milliseconds; 0 is without end. */
function ownWait(command: Command): number | undefined {
  if (/^wait$/i.test(command.name)) return Number(command.args[1])
  return command.extractBlockingTimeout() ?? undefined
}
