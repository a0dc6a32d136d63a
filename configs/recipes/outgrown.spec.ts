import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { Cluster, type Redis } from 'ioredis'
import { afterAll, describe, test } from 'vitest'
import { closeRedisClient, getRedisClient, withConnection } from '../../src/index.ts'
import { RealServer } from '../../test/redis/server.ts'
import { toCluster } from './cluster.ts'
import { throughSentinels } from './sentinel.ts'

// The recipes for more than one server, on real ones: `npm run test:redis` runs this.

const GUARDIAN = fileURLToPath(new URL('../../test/redis/guardian.mjs', import.meta.url))
const LOCAL = '127.0.0.1'

const servers: RealServer[] = []
const sentinels: ChildProcess[] = []

afterAll(async () => {
  await closeRedisClient()
  await Promise.all(
    sentinels.map(async (each) => {
      const ended = once(each, 'exit')
      each.stdin?.end()
      await ended
    }),
  )
  await Promise.all(servers.map((each) => each.stop()))
})

async function reserve(): Promise<RealServer> {
  const server = await RealServer.reserve()
  servers.push(server)
  return server
}

/** Asks again and again, for 20 seconds at most. */
async function until(what: string, holds: () => Promise<boolean>): Promise<void> {
  const end = performance.now() + 20_000
  while (!(await holds())) {
    if (performance.now() > end) throw new Error(`not within 20 s: ${what}`)
    await wait(50)
  }
}

const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))

const says = async (server: RealServer, text: string, ...command: [string, ...string[]]) =>
  String(await server.call(...command)).includes(text)

/** Ten callers that count at a key, without a pause, until the trouble has struck and each was answered after that. */
async function countThrough(client: () => Promise<Redis | null>, key: string, strike: () => Promise<void>) {
  const seen = { asked: 0, answered: 0, rejected: 0, nulls: 0 }
  let troubled: number | undefined
  const isOver = () => troubled !== undefined && seen.rejected + seen.nulls > troubled
  const end = performance.now() + 30_000
  const caller = async () => {
    for (let isBack = false; !isBack; await wait(5)) {
      if (performance.now() > end) throw new Error(`not back within 30 s: ${JSON.stringify(seen)}`)
      const held = await client()
      if (!held) seen.nulls += 1
      else {
        seen.asked += 1
        const said = await held.incr(key).catch(() => undefined)
        if (said === undefined) seen.rejected += 1
        else seen.answered += 1
        isBack = said !== undefined && isOver()
      }
    }
  }
  const callers = Promise.all(Array.from({ length: 10 }, caller))
  await until('some are answered', async () => seen.answered > 50)
  const before = { ...seen }
  troubled = before.rejected + before.nulls
  await strike()
  await callers
  return { before, seen }
}

/** A primary, its replica, and a Sentinel that watches them. */
async function startGroup() {
  const [primary, replica, sentinel] = [await reserve(), await reserve(), await reserve()]
  await primary.run(['--repl-diskless-sync-delay', '0'])
  await replica.run(['--replicaof', LOCAL, `${primary.port}`])
  await until('the replica follows', () => says(primary, 'state=online', 'INFO', 'replication'))
  const settings = join(sentinel.folder, 'sentinel.conf')
  const lines = [
    `bind ${LOCAL}`,
    `port ${sentinel.port}`,
    `dir ${sentinel.folder}`,
    `sentinel monitor mymaster ${LOCAL} ${primary.port} 1`,
    'sentinel down-after-milliseconds mymaster 500',
    'sentinel failover-timeout mymaster 2000',
  ]
  writeFileSync(settings, lines.join('\n'))
  const stdio = ['pipe', 'ignore', 'inherit'] as const
  sentinels.push(spawn(process.execPath, [GUARDIAN, settings, '--sentinel'], { stdio: [...stdio] }))
  const asked = sentinel.connect({ retryStrategy: () => 50 })
  await until('the Sentinel knows the replica', async () => {
    const replicas = (await asked.call('SENTINEL', 'REPLICAS', 'mymaster')) as string[][]
    return replicas.some((each) => each.includes(`${replica.port}`) && each.includes('slave'))
  })
  const connect = throughSentinels([{ host: LOCAL, port: sentinel.port }])
  return { primary, replica, connect }
}

/** Three primaries, and a replica of the first. */
async function startCluster() {
  const nodes: { node: RealServer; bus: string }[] = []
  for (const slots of [['0', '5460'], ['5461', '10922'], ['10923', '16383'], []]) {
    const node = await reserve()
    const bus = `${(await reserve()).port}`
    const settings = ['--cluster-enabled', 'yes', '--cluster-port', bus, '--cluster-node-timeout', '1000']
    await node.run([...settings, '--repl-diskless-sync-delay', '0'])
    if (slots.length > 0) await node.call('CLUSTER', 'ADDSLOTSRANGE', ...slots)
    nodes.push({ node, bus })
    const [first] = nodes
    if (first) await node.call('CLUSTER', 'MEET', LOCAL, `${first.node.port}`, first.bus)
  }
  const [primary, other, , replica] = nodes.map(({ node }) => node)
  if (!primary || !other || !replica) throw new Error('there are four')
  const id = String(await primary.call('CLUSTER', 'MYID'))
  await until('they have met', () => says(replica, id, 'CLUSTER', 'NODES'))
  await replica.call('CLUSTER', 'REPLICATE', id)
  for (const { node } of nodes) {
    await until('all know of the replica', () => says(node, `slave ${id}`, 'CLUSTER', 'NODES'))
    await until('all slots are served', () => says(node, 'cluster_state:ok', 'CLUSTER', 'INFO'))
  }
  await until('the replica follows', () => says(primary, 'state=online', 'INFO', 'replication'))
  return { primary, other, replica }
}

const quiet = { useFake: false, logger: { warn: () => {} } }

describe.concurrent('one primary at a time, found through Sentinel', () => {
  const troubles = [
    ['killed', (primary: RealServer) => primary.kill()],
    ['frozen', async (primary: RealServer) => primary.freeze()],
  ] as const

  test.for(troubles)('a primary that is %s under load is replaced', async ([name, strike], { expect }) => {
    const { primary, replica, connect } = await startGroup()
    const options = { ...quiet, url: `redis://mymaster/${name === 'killed' ? 0 : 1}`, connect }
    const client = await getRedisClient(options)
    const { before, seen } = await countThrough(
      () => getRedisClient(options),
      'count',
      () => strike(primary),
    )

    expect(before, 'before that').toMatchObject({ rejected: 0, nulls: 0 })
    expect(await getRedisClient(options), 'the client').toBe(client)
    await replica.call('SELECT', options.url.at(-1) ?? '')
    const counted = Number(await replica.call('GET', 'count'))
    expect(counted, 'counted by the new primary').toBeLessThanOrEqual(seen.asked)
    expect(await withConnection((connection) => connection.incr('count'), options)).toBe(counted + 1)
  })
})

describe.concurrent('a cluster', () => {
  test('a primary that is killed under load is replaced; the others go on', async ({ expect }) => {
    const { primary, other, replica } = await startCluster()
    const options = { ...quiet, url: other.url, connect: toCluster }
    // The slot of `b` is one of the first primary's, that of `a` one of the third's.
    const { before, seen } = await countThrough(
      () => getRedisClient(options),
      'b',
      async () => {
        await primary.kill()
        const client = await getRedisClient(options)
        expect(await client?.set('a', 'answered'), 'a key of another primary').toBe('OK')
      },
    )

    expect(before, 'before that').toMatchObject({ rejected: 0, nulls: 0 })
    const counted = Number(await replica.call('GET', 'b'))
    expect(counted, 'counted by the new primary').toBeLessThanOrEqual(seen.asked)
    expect(await withConnection((connection) => connection.incr('b'), options)).toBe(counted + 1)
    expect(await withConnection((connection) => connection.blpop('b:queue', 0.01), options)).toBeNull()
  })

  test('a command whose answer is lost is not sent again', async ({ expect }) => {
    const { primary } = await startCluster()
    const client: unknown = await getRedisClient({ ...quiet, url: primary.url, connect: toCluster })
    if (!(client instanceof Cluster)) throw new Error('it could not be used')
    await client.get('b')
    // It counts, and answers only a while after that. Its connection is gone by then.
    const slowly = `redis.call('INCR', KEYS[1]) local n = 0 while n < 3e7 do n = n + 1 end return n`
    const counting = client.eval(slowly, 1, 'b')
    await wait(50)
    for (const node of client.nodes('master')) node.stream?.destroy()

    await expect(counting).rejects.toThrow('Connection is closed')
    expect(await primary.call('GET', 'b')).toBe('1')
  })
})
