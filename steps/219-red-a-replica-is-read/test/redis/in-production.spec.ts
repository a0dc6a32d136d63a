import { afterEach, expect, test } from 'vitest'
import { closeRedisClient, getRedisClient, withConnection } from '../../src/index.ts'
import { RealServer } from './server.ts'

// What the chapter "in production" promises, on a real server.

const servers: RealServer[] = []
const lines: string[] = []
const logger = { warn: (line: string) => lines.push(line) }

async function start(...args: Parameters<typeof RealServer.start>): Promise<RealServer> {
  const server = await RealServer.start(...args)
  servers.push(server)
  return server
}

afterEach(async () => {
  lines.length = 0
  await closeRedisClient()
  await Promise.all(servers.splice(0).map((server) => server.stop()))
})

test('a user without CLIENT and INFO has a client that works, and one line', async () => {
  const server = await start(['--user', 'app', 'on', '>secret', '~*', '+@all', '-client', '-info'])
  const options = { url: server.url.replace('//', '//app:secret@'), useFake: false, logger }
  const client = (await getRedisClient(options))!

  expect(await client.set('a', '1')).toBe('OK')
  expect(await withConnection((connection) => connection.get('a'), options)).toBe('1')
  expect(lines).toEqual([expect.stringContaining('refuses client, info; the client works without')])
})

test('a server whose INFO was renamed works without the ready check', async () => {
  const server = await start(['--rename-command', 'INFO', 'hidden'], { admin: { enableReadyCheck: false } })
  const options = { url: server.url, useFake: false, logger }

  expect(await getRedisClient(options)).toBeNull()
  expect(lines).toEqual([expect.stringContaining('ioredis: { enableReadyCheck: false }')])
  await closeRedisClient()
  const client = await getRedisClient({ ...options, ioredis: { enableReadyCheck: false } })
  expect(await client!.ping()).toBe('PONG')
})

test('a replica answers reads while a service writes ten times a second', async () => {
  const server = await start()
  const options = { url: server.url, useFake: false, logger }
  const client = (await getRedisClient(options))!
  await server.call('REPLICAOF', '127.0.0.1', '1')
  const reads = { answered: 0, asked: 0 }
  const writes = new Set<string>()

  for (let round = 0; round < 30; round += 1) {
    await client.set('a', '1').catch((error: Error) => writes.add(error.message.slice(0, 8)))
    for (let read = 0; read < 10; read += 1) {
      reads.asked += 1
      const reader = await getRedisClient(options)
      const answer = await reader?.get('a').catch(() => undefined)
      if (answer !== undefined) reads.answered += 1
      await new Promise((resolve) => setTimeout(resolve, 10))
    }
  }

  process.stdout.write(`reads on a replica: ${reads.answered} of ${reads.asked} answered\n`)
  expect(reads.answered / reads.asked).toBeGreaterThan(0.9)
  expect([...writes]).toContain('READONLY')
})
