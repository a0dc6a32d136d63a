import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, describe, expect, test } from 'vitest'
import { closeRedisClient, getRedisClient, withConnection, type RedisOptions } from '../../src/index.ts'
import { makeCertificates, tlsSettings } from './certificates.ts'
import { RealServer } from './server.ts'

// What a url cannot say, on a real server: each through the option `ioredis`.

const servers: RealServer[] = []
const lines: string[] = []
const logger = { warn: (line: string) => lines.push(line) }

async function reserve(): Promise<RealServer> {
  const server = await RealServer.reserve()
  servers.push(server)
  return server
}

afterEach(async () => {
  lines.length = 0
  await closeRedisClient()
  await Promise.all(servers.splice(0).map((server) => server.stop()))
})

/** What the three kinds of connection answer: the shared one, a borrowed one, a copy. */
async function pings(options: RedisOptions): Promise<unknown[]> {
  const client = await getRedisClient({ useFake: false, logger, ...options })
  const borrowed = await withConnection((connection) => connection.ping(), { ...options, useFake: false })
  return [await client?.ping(), borrowed, await client?.duplicate().ping()]
}

const allThree = ['PONG', 'PONG', 'PONG']
const none = [undefined, null, undefined]

describe('over TLS', () => {
  /** A server with a certificate of an authority that nobody knows. */
  async function start(clientCertificate: 'no' | 'yes') {
    const server = await reserve()
    const certificates = makeCertificates(server.folder)
    const { authority, good, selfSigned } = certificates
    await server.run(tlsSettings(server.port, authority, good, clientCertificate))
    return {
      url: server.url.replace('redis:', 'rediss:'),
      ca: readFileSync(authority.cert),
      cert: readFileSync(good.cert),
      key: readFileSync(good.key),
      anotherCa: readFileSync(selfSigned.cert),
    }
  }

  test('its own authority is known by tls: { ca }', async () => {
    const { url, ca } = await start('no')

    expect(await pings({ url, ioredis: { tls: { ca } } })).toEqual(allThree)
    expect(lines).toEqual([])
  })

  test('without that authority, or with another one, it is null and a hint', async () => {
    const { url, anotherCa } = await start('no')
    const hint = expect.stringContaining('a known authority')

    expect(await pings({ url })).toEqual(none)
    await closeRedisClient()
    expect(await pings({ url, ioredis: { tls: { ca: anotherCa } } })).toEqual(none)
    expect(lines).toEqual([hint, hint])
  })

  test('a server that wants a certificate gets one by tls: { cert, key }', async () => {
    const { url, ca, cert, key } = await start('yes')

    expect(await pings({ url, ioredis: { tls: { ca, cert, key } } })).toEqual(allThree)
    expect(lines).toEqual([])
  })

  test('a server that wants a certificate and gets none: null and a hint', async () => {
    const { url, ca } = await start('yes')

    expect(await pings({ url, ioredis: { tls: { ca } } })).toEqual(none)
    expect(lines).toEqual([expect.stringMatching(/tls: \{ cert, key \}|your certificate/)])
  })
})

test('a unix socket is reached by path', async () => {
  const server = await reserve()
  const path = join(server.folder, 'redis.sock')
  await server.run(['--unixsocket', path, '--user', 'ada', 'on', '>secret', '~*', '&*', '+@all'])

  expect(await pings({ url: 'redis://ada:secret@localhost/3', ioredis: { path } })).toEqual(allThree)
  const client = await getRedisClient({ url: 'redis://ada:secret@localhost/3' })
  const info = String(await client?.client('INFO')).split(' ')
  expect(info).toEqual(expect.arrayContaining([`addr=${path}:0`, 'db=3', 'user=ada']))
  expect(lines).toEqual([])
})

test('keyPrefix is put before the keys of every connection', async () => {
  const server = await reserve()
  await server.run()
  const options = { url: server.url, ioredis: { keyPrefix: 'app:' } }
  expect(await pings(options)).toEqual(allThree)
  const client = (await getRedisClient(options))!

  await client.set('shared', '1')
  await client.duplicate().set('copy', '1')
  await withConnection((connection) => connection.rpush('queue', 'job'), options)
  expect((await client.keys('*')).toSorted()).toEqual(['app:copy', 'app:queue', 'app:shared'])
  expect(await withConnection((connection) => connection.blpop('queue', 1), options)).toEqual([
    'app:queue',
    'job',
  ])
})
