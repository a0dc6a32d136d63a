import { once } from 'node:events'
import { createServer, type AddressInfo, type Socket } from 'node:net'
import { NestFactory } from '@nestjs/core'
import RedisMock from 'ioredis-mock'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { closeRedisClient, getRedisClient } from '../../src/index.ts'
import { cached } from './cached.ts'
import { app as express, serve } from './express.ts'
import { app as fastify } from './fastify.ts'
import { chat } from './llm.ts'
import { REDIS, RedisModule } from './nestjs.ts'
import { handler } from './serverless.ts'

/** The fake, as under every test runner. */
async function fake() {
  const client = await getRedisClient()
  if (!client) throw new Error('the fake did not answer')
  return client
}

beforeEach(async () => {
  await (await fake()).flushall()
})
afterEach(async () => {
  vi.unstubAllEnvs()
  await closeRedisClient()
})

test('cached: makes it once, and then has it for so many seconds', async () => {
  const make = vi.fn<() => Promise<string>>(async () => 'made')
  expect([await cached('key', 60, make), await cached('key', 60, make)]).toEqual(['made', 'made'])
  expect(make).toHaveBeenCalledTimes(1)
  expect(await (await fake()).ttl('key')).toBe(60)
})

test('cached: makes it again when the cache cannot be asked', async () => {
  const client = await fake()
  const lost = async () => {
    throw new Error('Connection is closed.')
  }
  vi.spyOn(client, 'get').mockImplementation(lost)
  vi.spyOn(client, 'set').mockImplementation(lost)
  expect(await cached('key', 60, async () => 'made')).toBe('made')
})

test('README: the client answers, a connection is lent, and it ends', async () => {
  await (await fake()).set('greeting', 'Hello')
  // The fake has no blocking commands.
  const blpop = vi.fn<(...words: unknown[]) => Promise<string[]>>(async () => ['queue', 'first'])
  Object.assign(RedisMock.prototype, { blpop })
  const { cached: greeting, next } = await import('./readme.ts')
  expect({ greeting, next }).toEqual({ greeting: 'Hello', next: ['queue', 'first'] })
  expect(blpop).toHaveBeenCalledExactlyOnceWith('queue', 5)
})

test('Express: answers, keeps the answer, and closes on SIGTERM', async () => {
  expect(express).toBeTypeOf('function')
  const server = serve(0)
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  const answer = await fetch(`http://localhost:${port}/greeting/Ann`, { headers: { connection: 'close' } })
  expect(await answer.text()).toBe('Hello, Ann')
  const client = await fake()
  expect(await client.get('greeting:Ann')).toBe('Hello, Ann')

  process.emit('SIGTERM')
  await once(server, 'close')
  expect(await fake()).not.toBe(client)
})

test('LLM: asks the model once for the same question, of each tenant, until the prices change', async () => {
  const model = vi.fn<(system: string, prompt: string) => Promise<string>>(async () => 'Two euros.')
  const embedder = { id: 'by length', embed: async (text: string) => [text.length, 1] }
  const server = chat({ model, embedder, tenantOf: (request) => request.get('x-login') ?? '' }).listen(0)
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  const send = async (method: string, path: string, login = 'ann', prompt = 'What is a pen?') => {
    const headers = { connection: 'close', 'content-type': 'application/json', 'x-login': login }
    const body = method === 'POST' ? { body: JSON.stringify({ prompt }) } : {}
    return (await fetch(`http://localhost:${port}${path}`, { method, headers, ...body })).text()
  }

  expect([await send('POST', '/chat'), await send('POST', '/chat')]).toEqual(['Two euros.', 'Two euros.'])
  expect(await send('POST', '/chat', 'ann', 'How much is a pen?')).toBe('Two euros.')
  expect(model).toHaveBeenCalledExactlyOnceWith(expect.any(String), 'What is a pen?')
  await send('POST', '/chat', 'bob')
  expect(model, 'of another tenant').toHaveBeenCalledTimes(2)
  expect(await send('PUT', '/prices')).toBe('1 answers are out of date')
  await send('POST', '/chat')
  expect(model, 'after the prices have changed').toHaveBeenCalledTimes(3)
  expect(await send('GET', '/metrics')).toContain('semantic_cache_lookups_total{result="exact"} 1')
  server.close()
})

test('Fastify: answers, keeps the answer, and closes with the app', async () => {
  const answer = await fastify.inject('/greeting/Bob')
  expect(answer.body).toBe('Hello, Bob')
  const client = await fake()
  expect(await client.get('greeting:Bob')).toBe('Hello, Bob')

  await fastify.close()
  expect(await fake()).not.toBe(client)
})

test('NestJS: injects the function, and closes with the application', async () => {
  const application = await NestFactory.createApplicationContext(RedisModule.register(), { logger: false })
  const client = await application.get<typeof getRedisClient>(REDIS)()
  expect(client).toBe(await fake())

  await application.close()
  expect(await fake()).not.toBe(client)
})

test('serverless: a second call finds what the first one kept', async () => {
  expect(await handler({ name: 'Eve' })).toEqual({ body: 'Hello, Eve' })
  await (await fake()).set('greeting:Eve', 'Hello again, Eve')
  expect(await handler({ name: 'Eve' })).toEqual({ body: 'Hello again, Eve' })
})

test('BullMQ: queue and worker dial where REDIS_URL says, with connections of their own', async () => {
  // What they say there is Lua, which the fake does not know: seen here is that they come.
  const server = createServer((socket) => socket.on('error', () => {}))
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  vi.stubEnv('REDIS_URL', `redis://127.0.0.1:${(server.address() as AddressInfo).port}/0`)
  const comes = async () => {
    const [socket]: Socket[] = await once(server, 'connection')
    return socket
  }
  const first = comes()
  const { greetings, greeter } = await import('./bullmq.ts')
  greetings.on('error', () => {})
  const sockets = [await first]
  const second = comes()
  const worker = greeter()
  worker.on('error', () => {})
  sockets.push(await second)
  expect(worker.opts.connection).toMatchObject({ maxRetriesPerRequest: null })

  const ended = Promise.allSettled([greetings.close(), worker.close(true)])
  for (const socket of sockets) socket?.destroy()
  server.close()
  await ended
})
