import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { closeRedisClient, withConnection } from '../../src/index.ts'
import { closedUrl } from '../loopback.ts'
import { RealServer } from './server.ts'
import type { Worn } from './wear.ts'

const inMB = (bytes: number) => `${(bytes / 1e6).toFixed(1)} MB`

let server: RealServer

beforeAll(async () => {
  server = await RealServer.start()
})

afterAll(async () => {
  await closeRedisClient()
  await server.stop()
})

/** The connections that the server has, without that of its administrator. */
async function connections(): Promise<number> {
  const list = String(await server.call('CLIENT', 'LIST'))
  return list.trim().split('\n').length - 1
}

test('500 borrowers at once never have more than 20 connections, counted at the server', async () => {
  const options = { url: server.url, useFake: false }
  let most = 0
  let served = 0
  const borrowers = Array.from({ length: 500 }, () =>
    withConnection(async (connection) => {
      await connection.incr('clean-up:borrowers')
      served += 1
      // Some of them, for the server has more to do than to count.
      if (served % 10 === 0) most = Math.max(most, await connections())
    }, options),
  )
  await Promise.all(borrowers)

  expect(await server.call('GET', 'clean-up:borrowers')).toBe('500')
  expect(most, 'most connections at any time').toBe(20)
})

test('10,000 times opened and closed leave nothing behind', async () => {
  const script = fileURLToPath(new URL('wear.ts', import.meta.url))
  const node = ['--expose-gc', '--import', 'jiti/register']
  // What the test before it left open would go away meanwhile. The server hears of it a little later.
  await closeRedisClient()
  await expect.poll(connections).toBe(0)
  const { stdout } = await promisify(execFile)(process.execPath, [
    ...node,
    script,
    server.url,
    closedUrl,
    '10000',
  ])
  const { before, after }: Worn = JSON.parse(stdout)
  process.stdout.write(
    `10,000 rounds: ${inMB(after.heap - before.heap)} heap, ${inMB(after.rss - before.rss)} RSS\n`,
  )

  expect(after.resources, 'what keeps a process alive').toEqual(before.resources)
  expect(
    after.resources.filter((each) => /TCP|TLS|Timeout/.test(each)),
    'sockets and timers',
  ).toEqual([])
  expect(after.listeners, 'listeners of the process').toBe(before.listeners)
  await expect.poll(connections, { message: 'connections at the server' }).toBe(0)
  // Less than a listener or a timer each round.
  expect((after.heap - before.heap) / 10_000, 'bytes kept for each round').toBeLessThan(100)
  expect(after.rss - before.rss, 'growth of the process, in bytes').toBeLessThan(20e6)
})
