import type { Redis } from 'ioredis'

type Command = Parameters<Redis['sendCommand']>[0]

/** One that waits on the server has so many milliseconds more than it asked for. */
const GRACE = 1_000
/** How often to look, in milliseconds. */
const TICK = 250

/** Rejects a command that is not answered in time, and drops its connection: a later answer has no caller. */
export function keepDeadlines(connection: Redis, limit: number): void {
  let first: object | undefined
  let waited = 0
  const timer = setInterval(() => {
    const command = connection.commandQueue.peekFront()?.command as Command | undefined
    // The time of a command begins when it is the first in the queue.
    waited = command === first ? waited + TICK : TICK
    first = command
    if (!command || waited < limitOf(command, limit)) return
    command.reject(new Error('Command timed out'))
    connection.disconnect()
  }, TICK)
  connection.once('close', () => clearInterval(timer))
}

/** A command's own wait on the server and a grace, in milliseconds; 0 is without end. Others have `limit`. */
function limitOf(command: Command, limit: number): number {
  const isWait = /^wait$/i.test(command.name)
  const wait = isWait ? Number(command.args[1]) : command.extractBlockingTimeout()
  if (typeof wait !== 'number') return limit
  return wait > 0 ? wait + GRACE : Infinity
}
