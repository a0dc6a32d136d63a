import { execFile } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { createPool } from 'generic-pool'
import type { Redis } from 'ioredis'
import { Redis as Valkey } from 'iovalkey'
import { createClient } from 'redis'
import { Pool } from 'tarn'
import { closeRedisClient, getRedisClient, withConnection } from '../../../src/index.ts'
import { closedUrl } from '../../../test/loopback.ts'
import { RealServer } from '../../../test/redis/server.ts'
import { median, ordered, rounds, sample, type Measure, type Sample, type Samples } from './rounds.ts'

// `npm run bench:redis`: everybody in one process, on one server, in one run. Medians of interleaved rounds. With the
// word `write` the tables are put into docs/benchmark.md as well.

const DOCUMENT = fileURLToPath(new URL('../../../docs/benchmark.md', import.meta.url))
const OURS = 'this client'
const RAW = 'ioredis'
const NODE_REDIS = 'node-redis'
const NODE_AS_IT_COMES = 'node-redis as it comes'
const GENERIC = 'generic-pool'
const TARN = 'tarn'
const LIMIT = 'redis-benchmark'
const VALUE = 'x'.repeat(100)
/** In flight -> how many operations a measurement takes, so that each lasts some tenths of a second. */
const LOADS = new Map([
  [1, 8_000],
  [50, 30_000],
  [500, 60_000],
])

/** What it may take of others' processor time at most: rows whose name ends so -> of whom -> how much. */
const GOALS: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  ', 1 in flight': { [RAW]: 1.05 },
  ', 50 in flight': { [RAW]: 0.4, [NODE_REDIS]: 1.05, [NODE_AS_IT_COMES]: 0.2 },
  ', 500 in flight': { [RAW]: 0.33, [NODE_REDIS]: 1, [NODE_AS_IT_COMES]: 0.1 },
  ' at once': { [GENERIC]: 1, [TARN]: 1 },
}

const words = process.argv.slice(2)
const roundCount = Number(words.find((word) => /^\d+$/.test(word)) ?? 7)

const server = await RealServer.start()
const { url, port } = server
const real = { url, useFake: false }
const quiet = { warn: () => {} }

const connect = () => server.connect()
const destroy = async (connection: Redis) => connection.disconnect()

async function getAndSet(): Promise<Samples> {
  const ours = await getRedisClient(real)
  if (!ours) throw new Error('the server that was just started cannot be reached')
  const raw = connect()
  const valkey = new Valkey(port, '127.0.0.1')
  // Its default of 5 seconds for each command costs it more than half: without it, it is at its best.
  const node = createClient({ url, commandOptions: { timeout: undefined } })
  const nodeAsItComes = createClient({ url })
  await Promise.all([node.connect(), nodeAsItComes.connect()])
  const clients = [
    { whose: RAW, get: () => raw.get('bench'), set: () => raw.set('bench', VALUE) },
    { whose: OURS, get: () => ours.get('bench'), set: () => ours.set('bench', VALUE) },
    { whose: 'iovalkey', get: () => valkey.get('bench'), set: () => valkey.set('bench', VALUE) },
    { whose: NODE_REDIS, get: () => node.get('bench'), set: () => node.set('bench', VALUE) },
    {
      whose: NODE_AS_IT_COMES,
      get: () => nodeAsItComes.get('bench'),
      set: () => nodeAsItComes.set('bench', VALUE),
    },
  ]
  await ours.set('bench', VALUE)
  const measures: Measure[] = []
  for (const [inFlight, operations] of LOADS) {
    for (const operation of ['get', 'set'] as const) {
      const what = `${operation.toUpperCase()}, ${inFlight} in flight`
      for (const { whose, [operation]: operate } of clients) {
        measures.push({ what, whose, run: () => sample(inFlight, operations, operate) })
      }
      measures.push({ what, whose: LIMIT, run: () => limit(operation, inFlight, operations) })
    }
  }
  const samples = await rounds(measures, roundCount)
  await Promise.all([closeRedisClient(), node.close(), nodeAsItComes.close()])
  raw.disconnect()
  valkey.disconnect()
  return samples
}

/** What one connection can carry, without a client in the way. Not a number where there is no redis-benchmark. */
async function limit(command: string, inFlight: number, operations: number): Promise<Sample> {
  const load = ['-c', '1', '-P', `${inFlight}`, '-n', `${operations}`, '-d', '100', '-t', command]
  const asked = promisify(execFile)(LIMIT, ['-p', `${port}`, ...load, '--csv'])
  const { stdout } = await asked.catch(() => ({ stdout: '' }))
  return { perSecond: Number(/^"(?:GET|SET)","([\d.]+)"/m.exec(stdout)?.[1] ?? Number.NaN), cpu: Number.NaN }
}

/** Operations a second of asking for a client, when there is one and when the circuit is open. */
async function asking(): Promise<Samples> {
  await getRedisClient(real)
  const dead = { url: closedUrl, useFake: false, logger: quiet }
  const measures: readonly Measure[] = [
    {
      what: 'getRedisClient(), warm',
      whose: OURS,
      run: () => sample(1, 300_000, () => getRedisClient(real)),
    },
    {
      what: 'getRedisClient(), circuit open',
      whose: OURS,
      run: async () => {
        // The shortest pause is half a second: few enough to be done before it is over.
        await closeRedisClient()
        await getRedisClient(dead)
        const result = await sample(1, 50_000, () => getRedisClient(dead))
        await getRedisClient(real)
        return result
      },
    },
  ]
  const samples = await rounds(measures, roundCount)
  await closeRedisClient()
  return samples
}

/** Operations a second of borrowing one of 20 connections, a GET on it, and giving it back. */
async function borrowing(): Promise<Samples> {
  const generic = createPool({ create: async () => connect(), destroy }, { max: 20 })
  const tarn = new Pool<Redis>({ create: async () => connect(), destroy, min: 0, max: 20 })
  const borrowers = [
    {
      whose: GENERIC,
      borrow: () => generic.use((connection) => connection.get('bench')),
    },
    {
      whose: TARN,
      borrow: async () => {
        const connection = await tarn.acquire().promise
        try {
          return await connection.get('bench')
        } finally {
          tarn.release(connection)
        }
      },
    },
    { whose: OURS, borrow: () => withConnection((connection) => connection.get('bench'), real) },
  ]
  const measures = [
    { borrowers: 1, operations: 8_000 },
    { borrowers: 20, operations: 20_000 },
    { borrowers: 100, operations: 20_000 },
  ].flatMap(({ borrowers: count, operations }) =>
    borrowers.map(({ whose, borrow }) => ({
      what: `borrow, GET, give back: ${count} at once`,
      whose,
      run: () => sample(count, operations, borrow),
    })),
  )
  const samples = await rounds(measures, roundCount)
  await Promise.all([closeRedisClient(), tarn.destroy(), generic.drain().then(() => generic.clear())])
  return samples
}

type Row = ReadonlyMap<string, readonly Sample[]>

const each = (row: Row, whose: string, unit: keyof Sample) => (row.get(whose) ?? []).map((one) => one[unit])

const inThousands = (row: Row, whose: string) => figure(median(each(row, whose, 'perSecond')) / 1000, 1)

const figure = (value: number, digits: number) => (Number.isNaN(value) ? '–' : value.toFixed(digits))

/** What this client takes of another one's processor time, round by round. */
function sharesOf(row: Row, other: string): readonly number[] {
  const theirs = each(row, other, 'cpu')
  return each(row, OURS, 'cpu').map((ours, round) => ours / (theirs[round] ?? Number.NaN))
}

/** Median, lowest and highest. */
function share(row: Row, other: string): string {
  const shares = ordered(sharesOf(row, other))
  const [lowest = Number.NaN, highest = Number.NaN] = [shares[0], shares.at(-1)]
  return `${figure(median(shares), 2)} (${figure(lowest, 2)}–${figure(highest, 2)})`
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  return [head, head.map((_, column) => (column === 0 ? '---' : '---:')), ...rows]
    .map((cells) => `| ${cells.join(' | ')} |\n`)
    .join('')
}

/** Processor time in microseconds, and what the client takes of some others'. */
function costs(samples: Samples, columns: readonly string[], others: readonly string[]): string {
  const head = ['processor time, µs', ...columns, ...others.map((other) => `÷ ${other}`)]
  const rows = [...samples].map(([what, row]) =>
    [what].concat(
      columns.map((whose) => figure(median(each(row, whose, 'cpu')), 1)),
      others.map((other) => share(row, other)),
    ),
  )
  return table(head, rows)
}

/** The medians beside what they are to be at most. */
function goals(samples: Samples, others: readonly string[]): string {
  const rows = [...samples].map(([what, row]) => {
    const limits = Object.entries(GOALS).find(([end]) => what.endsWith(end))?.[1] ?? {}
    const cells = others.map((other) => {
      const [most, middle] = [limits[other], median(sharesOf(row, other))]
      if (most === undefined) return ''
      return `${figure(middle, 2)} ${middle > most ? '>' : '≤'} ${figure(most, 2)}`
    })
    return [what].concat(cells)
  })
  return table(['median, and goal', ...others.map((other) => `÷ ${other}`)], rows)
}

const speeds = (samples: Samples, columns: readonly string[]) =>
  table(
    ['thousand a second', ...columns],
    [...samples].map(([what, row]) => [what].concat(columns.map((whose) => inThousands(row, whose)))),
  )

function tableOfAsking(samples: Samples): string {
  return table(
    ['call', 'microseconds'],
    [...samples].map(([what, row]) => [what, figure(1e6 / median(each(row, OURS, 'perSecond')), 2)]),
  )
}

try {
  const version = String(await server.call('INFO', 'server')).match(/redis_version:(\S+)/)?.[1]
  const commands = await getAndSet()
  const loans = await borrowing()
  const clients = [RAW, OURS, 'iovalkey', NODE_REDIS, NODE_AS_IT_COMES]
  const pools = [GENERIC, TARN, OURS]
  const tables = [
    `Redis ${version}, Node ${process.version}, ${availableParallelism()} cores, medians of ${roundCount} rounds.\n`,
    costs(commands, clients, [RAW, NODE_REDIS, NODE_AS_IT_COMES]),
    speeds(commands, [...clients, LIMIT]),
    costs(loans, pools, [GENERIC, TARN]),
    speeds(loans, pools),
    goals(commands, [RAW, NODE_REDIS, NODE_AS_IT_COMES]),
    goals(loans, [GENERIC, TARN]),
    tableOfAsking(await asking()),
  ].join('\n')
  process.stdout.write(`\n${tables}`)
  if (words.includes('write')) {
    const document = readFileSync(DOCUMENT, 'utf8')
    const between = /(?<=<!-- benchmark -->\n).*(?=<!-- end of benchmark -->)/s
    writeFileSync(
      DOCUMENT,
      document.replace(between, () => tables),
    )
  }
} finally {
  await closeRedisClient()
  await server.stop()
}
