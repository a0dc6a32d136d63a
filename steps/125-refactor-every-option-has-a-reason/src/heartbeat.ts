import type { Redis } from 'ioredis'

/** A connection is asked whether it is alive every so many milliseconds. */
const HEARTBEAT = 5_000

/** Drops a connection whose server is frozen or gone without a word: no event tells, only silence does. */
export function keepAlive(client: Redis): void {
  let timer: NodeJS.Timeout
  const start = () => {
    timer = setInterval(() => {
      client.ping().catch((error: Error) => {
        // Any other error is an answer, and comes from a server that is alive.
        if (error.message === 'Command timed out') client.disconnect(true)
      })
    }, HEARTBEAT)
  }
  start()
  // Not while it is lost: a client that is closed then does not even say `end`, and the timer would go on without end.
  client.on('ready', start)
  client.on('close', () => clearInterval(timer))
}
