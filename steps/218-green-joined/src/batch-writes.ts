import type { Redis } from 'ioredis'

// Taken while it is the real one: a test of a service may fake it.
const { nextTick } = process

/** The streams of all connections: at exit each is to hand over what it holds back. */
const streams = new Set<Redis['stream']>()
const handOver = () => streams.forEach((stream) => stream.uncork())

/**
 * Lets a client send the commands of one tick in one write. Each by itself, as ioredis sends them, costs a system
 * call, and that is most of what a small command costs.
 */
export function batchWrites(client: Redis): void {
  // After a reconnect the stream is another one.
  client.on('connect', () => {
    const { stream } = client
    const { write, _write } = stream
    if (streams.size === 0) process.on('exit', handOver)
    streams.add(stream)
    stream.once('close', () => {
      streams.delete(stream)
      if (streams.size === 0) process.off('exit', handOver)
    })
    // One piece costs the system less than a list of them.
    stream._writev = (pieces, done) => {
      const bytes = Buffer.concat(pieces.map((piece) => Buffer.from(piece.chunk)))
      _write.call(stream, bytes, 'buffer' as BufferEncoding, done)
    }
    stream.write = (data) => {
      // A stream that is corked collects what is written to it.
      if (stream.writableCorked === 0) {
        stream.cork()
        nextTick(() => stream.uncork())
      }
      return write.call(stream, data)
    }
  })
}
