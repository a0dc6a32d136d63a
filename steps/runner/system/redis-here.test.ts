import { once } from 'node:events'
import { createServer, type AddressInfo, type Socket } from 'node:net'
import { expect, onTestFinished, test } from 'vitest'
import { redisHere } from './redis-here.ts'

/** The port of a server that answers everything with this. */
async function answering(answer: string | null): Promise<number> {
  const sockets: Socket[] = []
  const server = createServer((socket) => {
    sockets.push(socket)
    socket.on('error', () => socket.destroy())
    socket.on('data', () => answer !== null && socket.write(answer))
  })
  await once(server.listen(0, '127.0.0.1'), 'listening')
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy()
    server.close()
  })
  return (server.address() as AddressInfo).port
}

test.each([
  ['+PONG\r\n', 'Redis answers'],
  ['-NOAUTH Authentication required.\r\n', 'Redis answers'],
  ['HTTP/1.1 400 Bad Request\r\n', 'no Redis'],
  [null, 'does not answer as Redis does'],
])('tells who says %j', async (answer, said) => {
  const port = await answering(answer)

  const says = await redisHere({ REDIS_URL: `redis://me:secret@127.0.0.1:${port}/0` })

  expect(says).toContain(`127.0.0.1:${port}`)
  expect(says).toContain(said)
  expect(says).not.toContain('secret')
})

test('tells when nothing listens', async () => {
  expect(await redisHere({ REDIS_URL: 'redis://127.0.0.1:1/0' })).toBe(
    'No Redis at 127.0.0.1:1. The course does not need one',
  )
})

test('does not speak plainly to a server that wants to be spoken to over TLS', async () => {
  const port = await answering('+PONG\r\n')

  expect(await redisHere({ REDIS_URL: `rediss://127.0.0.1:${port}` })).toContain(
    `Something listens at 127.0.0.1:${port}`,
  )
})

test.each(['what?', 'http://secret@127.0.0.1', 'redis://'])('tells that %s is no address', async (url) => {
  const says = await redisHere({ REDIS_URL: url })

  expect(says).toContain('REDIS_URL is set, but is no redis:// or rediss:// url')
  expect(says).not.toContain('secret')
})

test('looks where Redis usually is, without REDIS_URL or with an empty one', async () => {
  for (const env of [{}, { REDIS_URL: '' }]) expect(await redisHere(env)).toContain('localhost:6379')
})
