import { once } from 'node:events'
import type { Server } from 'node:http'
import { RedisStore as SessionStore } from 'connect-redis'
import express, { type Express } from 'express'
import { rateLimit } from 'express-rate-limit'
import session from 'express-session'
import { RedisStore as LimitStore, type RedisReply } from 'rate-limit-redis'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { closeRedisClient, getRedisClient } from '../../src/index.ts'
import { RealServer } from '../../test/redis/server.ts'

declare module 'express-session' {
  interface SessionData {
    visits: number
  }
}

let redis: RealServer
const web: Server[] = []
const ours = () => getRedisClient({ url: redis.url, useFake: false, logger: { warn: () => {} } })

beforeEach(async () => {
  redis = await RealServer.start()
})

afterEach(async () => {
  await Promise.all(web.splice(0).map((each) => once(each.close(), 'close')))
  await closeRedisClient()
  await redis.stop()
})

async function serve(app: Express): Promise<string> {
  const server = app.listen(0, '127.0.0.1')
  web.push(server)
  await once(server, 'listening')
  const address = server.address()
  return `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}/`
}

test('connect-redis keeps the sessions of express in it, also after Redis was away', async () => {
  const client = (await ours())!
  const app = express()
  app.use(
    session({
      store: new SessionStore({ client, ttl: 60 }),
      secret: 'x',
      resave: false,
      saveUninitialized: false,
    }),
  )
  app.get('/', (request, response) => {
    request.session.visits = (request.session.visits ?? 0) + 1
    response.send(`visit ${request.session.visits}`)
  })
  const url = await serve(app)

  const first = await fetch(url)
  const cookie = first.headers.get('set-cookie')?.split(';')[0] ?? ''
  const visit = () => fetch(url, { headers: { cookie } })
  expect(await first.text()).toBe('visit 1')
  expect(await (await visit()).text()).toBe('visit 2')
  const [key = ''] = await client.keys('sess:*')
  expect(await client.ttl(key), 'seconds that the session lives').toBeGreaterThan(0)

  await redis.kill()
  expect((await visit()).status, 'while Redis is away: an answer, and it is an error').toBe(500)
  await redis.run()
  // Nothing was kept on disk: who comes back is new.
  await vi.waitFor(async () => expect(await (await visit()).text()).toBe('visit 1'), { timeout: 10_000 })
})

test('rate-limit-redis counts with it, and lets requests pass while Redis is away', async () => {
  const sendCommand = async (command: string, ...args: string[]) => {
    const client = await ours()
    if (!client) throw new Error('Redis cannot be used now')
    return client.call(command, ...args) as Promise<RedisReply>
  }
  const app = express()
  const store = new LimitStore({ sendCommand })
  const logger = { error: () => {}, warn: () => {} }
  app.use(rateLimit({ windowMs: 60_000, limit: 2, store, passOnStoreError: true, logger }))
  app.get('/', (_request, response) => response.send('in'))
  const url = await serve(app)

  const status = async () => (await fetch(url)).status
  expect([await status(), await status(), await status()]).toEqual([200, 200, 429])

  await redis.kill()
  expect(await status(), 'while Redis is away').toBe(200)
  await redis.run()
  // The window of before is lost with the data.
  await vi.waitFor(async () => expect(await status()).toBe(429), { timeout: 10_000, interval: 100 })
})
