import type { Command, Redis } from 'ioredis'

// Taken while they are the real ones: a look is to come after what has arrived is read, whatever a test fakes.
const { setImmediate, clearImmediate } = globalThis

/** How often to look, in milliseconds. */
const TICK = 250
/** A command that waits on the server has so many milliseconds more than it asked for. */
const GRACE = 1_000
/** A shared connection is asked whether it is alive every so many milliseconds: of a server that is gone no event tells. */
const HEARTBEAT = 5_000

/**
 * Calls `look` four times a second with the milliseconds that have passed, until the answer is called. They are counted:
 * while a busy process keeps the event loop from turning none pass, and what has arrived is read before the next look.
 */
export function everyTick(look: (passed: number) => void): () => void {
  let passed = 0
  let next: NodeJS.Immediate | undefined
  const timer = setInterval(() => {
    // One look a turn, however many ticks a clock that jumps has run through in it.
    clearImmediate(next)
    next = setImmediate(() => look((passed += TICK)))
  }, TICK)
  return () => clearInterval(timer)
}

/**
 * Rejects a command that is not answered within `limit` milliseconds, and drops its connection: a later answer has no
 * caller. The time of a command begins when it is the first in the queue.
 */
export function keepDeadlines(client: Redis, limit: number, isShared: boolean): void {
  client.on('duplicate', (copy: Redis) => keepDeadlines(copy, limit, false))
  client.on('connect', () => {
    let first: object | undefined
    let since: number
    const stop = everyTick((passed) => {
      const command = client.commandQueue.peekFront()?.command as Command | undefined
      if (command !== first) since = passed - TICK
      first = command
      if (command && passed - since >= limitOf(command, limit)) {
        command.reject(new Error('Command timed out'))
        client.disconnect(true)
      } else if (isShared && passed % HEARTBEAT === 0) client.ping().catch(() => {})
    })
    client.stream.once('close', stop)
  })
}

/** A command's own wait on the server and a grace, in milliseconds; 0 is without end. Others have `limit`. */
function limitOf(command: Command, limit: number): number {
  const wait = /^wait$/i.test(command.name) ? Number(command.args[1]) : command.extractBlockingTimeout()
  if (typeof wait !== 'number') return limit
  return wait > 0 ? wait + GRACE : Infinity
}
