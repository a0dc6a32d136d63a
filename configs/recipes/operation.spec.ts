import { AsyncLocalStorage, AsyncResource } from 'node:async_hooks'
import { afterAll, beforeAll, describe, test } from 'vitest'
import { closeRedisClient, getRedisClient, withConnection } from '../../src/index.ts'
import { closedUrl } from '../../test/loopback.ts'
import { RealServer } from '../../test/redis/server.ts'
import { nextJob } from './jobs.ts'
import { clientFor } from './rotation.ts'
import { onCommand } from './tracing.ts'

// What docs/client.md says about operating the client, tried on a real server: `npm run test:redis` runs this.

let server: RealServer

beforeAll(async () => {
  server = await RealServer.start()
})
afterAll(async () => {
  await closeRedisClient()
  await server.stop()
})

const real = () => ({ url: server.url, useFake: false })

describe.concurrent('in operation', () => {
  test('borrowers that all want a second connection wait for each other until one gets null', async ({
    expect,
  }) => {
    const second = () => withConnection((connection) => connection.ping(), real())
    const answers = await Promise.all(Array.from({ length: 20 }, () => withConnection(second, real())))

    expect(answers).toContain(null)
  })

  test('no Redis and no job are told apart', async ({ expect }) => {
    const options = { ...real(), url: server.url.replace('/0', '/2') }
    const waiting = nextJob(options)
    await withConnection((connection) => connection.rpush('jobs', 'first'), options)

    expect(await waiting).toEqual({ job: ['jobs', 'first'] })
    expect(await nextJob(options)).toEqual({ job: null })
    const warn = () => {}
    expect(await nextJob({ ...options, url: closedUrl.replace('/0', '/2'), logger: { warn } })).toBeNull()
  })

  test('tracing channels tell of every command, without values', async ({ expect }) => {
    const told: unknown[] = []
    onCommand((command, took, error) => told.push([command, took > 0, error?.message]))
    const client = await getRedisClient({ ...real(), url: server.url.replace('/0', '/1') })
    await client?.set('key', 'secret')
    await client?.incr('key').catch(() => {})

    expect(told).toContainEqual(['set', true, undefined])
    expect(told).toContainEqual(['incr', true, 'ERR value is not an integer or out of range'])
  })

  test('the logger runs in the context of whoever caused the connection, unless it is bound', async ({
    expect,
  }) => {
    const request = new AsyncLocalStorage<string>()
    const said: unknown[] = []
    const warn = () => void said.push(request.getStore())
    const ask = (url: string, log: () => void) =>
      request.run('first', () => getRedisClient({ url, useFake: false, logger: { warn: log } }))

    await ask(closedUrl, warn)
    await ask(closedUrl.replace('/0', '/1'), AsyncResource.bind(warn))
    expect(said).toEqual(['first', undefined])
  })

  test('credentials that change leave one connection at the server, and every command answered', async ({
    expect,
  }) => {
    await server.call('ACL', 'SETUSER', 'ada', 'on', '~*', '&*', '+@all')
    const outcomes: Promise<unknown>[] = []
    for (const token of ['first', 'second', 'third']) {
      await server.call('ACL', 'SETUSER', 'ada', 'resetpass', `>${token}`)
      const url = server.url.replace('//', `//ada:${token}@`)
      const client = await clientFor(url, { useFake: false })
      for (let n = 0; n < 100; n += 1) outcomes.push(Promise.resolve(client?.incr('rotation')))
    }
    const answers = await Promise.all(outcomes)
    expect(answers).toEqual(Array.from({ length: 300 }, (_, index) => index + 1))

    const list = String(await server.call('CLIENT', 'LIST'))
    expect(list.split('\n').filter((each) => each.includes('user=ada'))).toHaveLength(1)
  })
})
