import { once } from 'node:events'
import { Worker } from 'node:worker_threads'

// Answers every command politely. In plain JavaScript: a worker of Node 20 reads nothing else.
const SERVER = `
  const server = require('node:net').createServer({ noDelay: true }, (socket) => {
    socket.on('error', () => socket.destroy())
    socket.on('data', (data) => {
      const names = String(data).matchAll(/^\\*\\d+\\r\\n\\$\\d+\\r\\n(\\w+)/gm)
      for (const [, name] of names) socket.write(name === 'info' ? '$5\\r\\nready\\r\\n' : '+OK\\r\\n')
    })
  })
  server.listen(0, '127.0.0.1', () => {
    require('node:worker_threads').parentPort.postMessage(server.address().port)
  })
`

/** A server in a thread of its own: it answers while this one is blocked. */
export async function listenElsewhere(): Promise<{ readonly url: string; stop(): Promise<unknown> }> {
  const worker = new Worker(SERVER, { eval: true })
  const [port] = await once(worker, 'message')
  return { url: `redis://127.0.0.1:${port}/0`, stop: () => worker.terminate() }
}

/** Blocks this thread, as a service does that computes for a while. */
export function block(ms: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms)
}
