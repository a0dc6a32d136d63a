import { once } from 'node:events'
import { connect, createServer, type Socket } from 'node:net'

/** Stands between a client and a server, and can break what goes through it. */
export interface Proxy {
  readonly url: string
  /** From now on: what is connected is cut when the server answers; the answer is lost. Later connections are whole. */
  cutAtNextAnswer(): void
  stop(): Promise<void>
}

export async function proxyTo(port: number): Promise<Proxy> {
  const open = new Set<Socket>()
  const doomed = new Set<Socket>()
  const server = createServer((client) => {
    const upstream = connect(port, '127.0.0.1')
    for (const each of [client, upstream]) {
      open.add(each)
      each.on('error', () => {}).on('close', () => open.delete(each))
    }
    client.pipe(upstream)
    upstream.on('data', (data) => {
      if (doomed.has(client)) client.destroy()
      else client.write(data)
    })
    client.on('close', () => upstream.destroy())
    upstream.on('close', () => client.destroy())
  })
  await once(server.listen(0, '127.0.0.1'), 'listening')
  const address = server.address()
  return {
    url: `redis://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}/0`,
    cutAtNextAnswer: () => {
      for (const each of open) doomed.add(each)
    },
    stop: async () => {
      for (const each of open) each.destroy()
      await once(server.close(), 'close')
    },
  }
}
