import { createServer } from 'node:http'
import { closeRedisClient, getRedisClient } from '../../src/index.ts'
import { cached } from './cached.ts'

/** `/greeting/Ann` can do without Redis, `/visit` cannot. */
const server = createServer(async ({ url = '' }, response) => {
  const [, what, name = ''] = url.split('/')
  if (what === 'greeting') {
    response.end(await cached(`greeting:${name}`, 60, async () => `Hello, ${name}`))
    return
  }
  const client = await getRedisClient()
  const visits = await client?.incr('visits').catch(() => undefined)
  response.writeHead(visits === undefined ? 503 : 200).end(`${visits ?? 'not now'}`)
})
server.listen(0, '127.0.0.1', () => console.log(JSON.stringify(server.address())))

process.once('SIGTERM', () => server.close(() => void closeRedisClient()))
