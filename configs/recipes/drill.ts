import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { get } from 'node:http'
import { connect, createServer, type AddressInfo, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'vite'
import { RealServer } from '../../test/redis/server.ts'

// `npm run drill`: a small service on a copy of src/, and what its users saw while Redis was frozen, killed and failed
// over, and the service was deployed again and stopped. All on this machine, and over within half a minute.

const USERS = 20
const repository = fileURLToPath(new URL('../..', import.meta.url))
const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))

/** What users got in one part of the drill. */
interface Seen {
  readonly what: string
  readonly took: number[]
  ok: number
  unavailable: number
  /** Refused, or cut before the answer. */
  none: number
  /** Another person's greeting, or a number that somebody else has got. */
  wrong: number
}

/** The address of Redis, whoever serves there now. */
async function endpoint(first: RealServer) {
  let target = first
  const sockets = new Set<Socket>()
  const server = createServer((socket) => {
    const upstream = connect(target.port, '127.0.0.1')
    for (const [one, other] of [
      [socket, upstream],
      [upstream, socket],
    ] as const) {
      sockets.add(one)
      one.pipe(other)
      one.on('error', () => {}).once('close', () => other.destroy())
    }
  })
  await once(server.listen(0, '127.0.0.1'), 'listening')
  return {
    url: `redis://127.0.0.1:${(server.address() as AddressInfo).port}/0`,
    leadTo: (other: RealServer) => (target = other),
    stop: () => {
      for (const each of sockets) each.destroy()
      server.close()
    },
  }
}

/** The service, one file without packages, as it is deployed. */
async function bundle(folder: string): Promise<string> {
  for (const part of ['src', 'configs/recipes/small-service.ts', 'configs/recipes/cached.ts']) {
    cpSync(join(repository, part), join(folder, part), { recursive: true })
  }
  const alias = { ioredis: fileURLToPath(import.meta.resolve('ioredis')) }
  await build({
    root: folder,
    configFile: false,
    logLevel: 'silent',
    resolve: { alias },
    ssr: { noExternal: true },
    build: { ssr: 'configs/recipes/small-service.ts', outDir: 'deployed' },
  })
  return join(folder, 'deployed', 'small-service.mjs')
}

async function deploy(file: string, url: string, log: string[]) {
  const env = { ...process.env, NODE_ENV: 'production', REDIS_URL: url }
  const service = spawn(process.execPath, [file], { env, stdio: ['ignore', 'pipe', 'pipe'] })
  service.stderr.on('data', (data) => log.push(...String(data).trim().split('\n')))
  const ended = once(service, 'exit')
  const up = once(service.stdout, 'data')
  const [line] = await Promise.race([up, ended])
  if (service.exitCode !== null) throw new Error(`the service ended with ${line}: ${log.join('\n')}`)
  const { port }: AddressInfo = JSON.parse(String(line))
  return { service, port, ended }
}

const ask = async (port: number, path: string): Promise<{ status: number; text: string } | null> =>
  new Promise((resolve) => {
    const request = get({ port, path, host: '127.0.0.1', agent: false, timeout: 10_000 }, (response) => {
      let text = ''
      response.on('data', (data) => (text += String(data)))
      response.on('end', () => resolve({ status: response.statusCode ?? 0, text }))
      response.on('error', () => resolve(null))
    })
    request.on('timeout', () => request.destroy())
    request.on('error', () => resolve(null))
  })

async function until(holds: () => Promise<boolean>): Promise<void> {
  for (let tries = 0; tries < 200 && !(await holds()); tries += 1) await wait(50)
}

/** Nothing is written between the last write that the other one has got, and its first own one. */
async function handOver(from: RealServer, to: RealServer): Promise<void> {
  await from.call('CLIENT', 'PAUSE', '2000', 'WRITE')
  await until(
    async () => (await offset(from, 'master_repl_offset')) === (await offset(to, 'slave_repl_offset')),
  )
  await to.call('REPLICAOF', 'NO', 'ONE')
}

const offset = async (server: RealServer, name: string) =>
  new RegExp(`${name}:(\\d+)`).exec(String(await server.call('INFO', 'replication')))?.[1]

export interface Drilled {
  readonly lines: readonly string[]
  readonly parts: readonly Readonly<Seen>[]
  /** How often users asked to be counted, were told a number, and Redis has counted. */
  readonly asked: number
  readonly told: number
  readonly counted: number
  readonly exitCodes: readonly (number | null)[]
  /** What the services logged. */
  readonly log: readonly string[]
}

/** @param pause how long a trouble lasts, in milliseconds */
export async function drill(pause = 2_000): Promise<Drilled> {
  const folder = mkdtempSync(join(tmpdir(), 'drill-'))
  const first = await RealServer.start(['--repl-diskless-sync-delay', '0'])
  const second = await RealServer.start([
    '--repl-diskless-sync-delay',
    '0',
    '--replicaof',
    '127.0.0.1',
    `${first.port}`,
  ])
  await until(async () => String(await first.call('INFO', 'replication')).includes('state=online'))
  const redis = await endpoint(first)
  const log: string[] = []
  const services: ChildProcess[] = []
  const exitCodes: (number | null)[] = []
  const numbers = new Set<string>()
  const parts: Seen[] = []
  let asked = 0
  const over = new AbortController()
  let now: Seen
  let current: Awaited<ReturnType<typeof deploy>>

  const begin = (what: string) => {
    now = { what, took: [], ok: 0, unavailable: 0, none: 0, wrong: 0 }
    parts.push(now)
  }
  const start = async (file: string) => {
    const deployed = await deploy(file, redis.url, log)
    services.push(deployed.service)
    return deployed
  }
  const stop = async ({ service, ended }: typeof current) => {
    service.kill('SIGTERM')
    exitCodes.push((await ended)[0])
  }
  const user = async (id: number) => {
    for (let n = 0; !over.signal.aborted; n += 1) {
      const began = performance.now()
      const isVisit = n % 2 === 0
      if (isVisit) asked += 1
      const answer = await ask(current.port, isVisit ? '/visit' : `/greeting/user-${id}`)
      const seen = now // the part in which the answer came
      seen.took.push(performance.now() - began)
      if (!answer) seen.none += 1
      else if (answer.status === 503) seen.unavailable += 1
      else {
        seen.ok += 1
        const isRight = isVisit ? !numbers.has(answer.text) : answer.text === `Hello, user-${id}`
        if (isVisit) numbers.add(answer.text)
        if (!isRight) seen.wrong += 1
      }
      await wait(5)
    }
  }

  try {
    const file = await bundle(folder)
    current = await start(file)
    begin('all is well')
    const users = Promise.all(Array.from({ length: USERS }, (_, id) => user(id)))
    await wait(pause)

    begin('Redis is frozen')
    first.freeze()
    await wait(pause * 3)
    first.thaw()
    begin('and thawed')
    await wait(pause)

    begin('the service is deployed again')
    const old = current
    current = await start(file)
    await wait(pause / 4) // as a load balancer does
    await stop(old)
    await wait(pause)

    begin('Redis fails over')
    await handOver(first, second)
    redis.leadTo(second)
    await first.call('REPLICAOF', '127.0.0.1', `${second.port}`)
    await wait(pause)

    begin('Redis is killed')
    await until(async () => String(await second.call('INFO', 'replication')).includes('state=online'))
    await handOver(second, first)
    await second.kill()
    await wait(pause)
    redis.leadTo(first)
    begin('and another one takes its place')
    await wait(pause * 2)

    begin('the service is stopped')
    const stopped = stop(current)
    await wait(pause / 3)
    over.abort()
    await Promise.all([users, stopped])
    const counted = Number(await first.call('GET', 'visits'))
    const told = numbers.size
    return { lines: linesOf(parts, asked, told, counted), parts, asked, told, counted, exitCodes, log }
  } finally {
    over.abort()
    for (const each of services) each.kill('SIGKILL')
    redis.stop()
    await Promise.all([first.stop(), second.stop()])
    rmSync(folder, { recursive: true, force: true })
  }
}

const row = (...cells: readonly (string | number)[]) =>
  cells.map((cell, index) => (index === 0 ? `${cell}`.padEnd(32) : `${cell}`.padStart(9))).join('')

/** As long as this share of the answers took at most, in whole milliseconds. */
const within = (took: readonly number[], share: number) =>
  Math.round(took.toSorted((one, other) => one - other)[Math.ceil(took.length * share) - 1] ?? 0)

function linesOf(parts: readonly Seen[], asked: number, told: number, counted: number): string[] {
  return [
    row(`${USERS} users, while`, 'answers', '200', '503', 'none', 'wrong', 'half ms', 'most ms'),
    ...parts.map(({ what, took, ok, unavailable, none, wrong }) =>
      row(what, ok + unavailable, ok, unavailable, none, wrong, within(took, 0.5), within(took, 1)),
    ),
    `visits asked for ${asked}, told ${told}, counted ${counted}`,
  ]
}

if (process.argv[1] === fileURLToPath(import.meta.url)) console.log((await drill()).lines.join('\n'))
