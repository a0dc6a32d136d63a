import type { Redis } from 'ioredis'

/**
 * Lets a client send the commands of one tick in one write. Each by itself, as ioredis sends them, costs a system
 * call, and that is most of what a small command costs.
 */
export function batchWrites(client: Redis): void {
  const { sendCommand } = client
  client.sendCommand = (command, pipeline) => {
    // A stream that is corked collects what is written to it. After a reconnect it is another one.
    const { stream } = client
    if (stream.writableCorked === 0) {
      stream.cork()
      process.nextTick(() => stream.uncork())
    }
    return sendCommand.call(client, command, pipeline)
  }
}
