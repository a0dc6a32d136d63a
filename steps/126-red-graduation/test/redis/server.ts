import { spawn, spawnSync, type ChildProcessWithoutNullStreams } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { Redis, type RedisOptions } from 'ioredis'

const GUARDIAN = fileURLToPath(new URL('guardian.mjs', import.meta.url))

/** How to come by a redis-server. */
export const HOW_TO_GET_ONE =
  'There is no redis-server on PATH: install one (apt install redis-server, brew install redis), or set REDIS_URL to one that runs.'

/** Whether a redis-server can be started here. */
export const canStart = (): boolean => spawnSync('redis-server', ['--version']).error === undefined

export interface RunOptions {
  /** What it says when it is up. One that has data to load listens before it is ready. */
  readonly milestone?: 'Ready to accept connections' | 'Server initialized'
  /** How its administrator connects: with which password, over TLS. */
  readonly admin?: RedisOptions
}

/** A redis-server of our own on a free port of this machine: nothing on disk, and gone when we are. */
export class RealServer {
  readonly port: number
  /** Where it would write, if told to. */
  readonly folder = mkdtempSync(join(tmpdir(), 'real-redis-'))
  readonly #connections: Redis[] = []
  #guardian: ChildProcessWithoutNullStreams | undefined
  #pid = 0
  #admin: Redis | undefined
  #adminOptions: RedisOptions = {}

  private constructor(port: number) {
    this.port = port
  }

  /**
   * @param args as after `redis-server`, such as `['--maxclients', '1']`
   * @throws when there is no redis-server here, or it does not start
   */
  static async start(args: readonly string[] = [], options: RunOptions = {}): Promise<RealServer> {
    const server = await RealServer.reserve()
    await server.run(args, options)
    return server
  }

  /** One that does not run yet. */
  static async reserve(): Promise<RealServer> {
    return new RealServer(await freePort())
  }

  get url(): string {
    return `redis://127.0.0.1:${this.port}/0`
  }

  /** Starts it, the first time or again, on the same port. */
  async run(
    args: readonly string[] = [],
    { milestone = 'Ready to accept connections', admin = {} }: RunOptions = {},
  ): Promise<void> {
    if (!canStart()) throw new Error(HOW_TO_GET_ONE)
    this.#adminOptions = admin
    const settings = ['--bind', '127.0.0.1', '--port', `${this.port}`, '--save', '', '--dir', this.folder]
    const guardian = spawn(process.execPath, [GUARDIAN, ...settings, ...args])
    this.#guardian = guardian
    let said = ''
    await new Promise<void>((resolve, reject) => {
      guardian.once('exit', () => reject(new Error(`redis-server ended:\n${said}`)))
      guardian.stderr.on('data', (data) => (said += String(data)))
      guardian.stdout.on('data', (data) => {
        said += String(data)
        if (said.includes(milestone)) resolve()
      })
    })
    // Each line it logs begins with its process id.
    this.#pid = Number.parseInt(said, 10)
  }

  /** A connection of our own, with nothing of what is tested in it. */
  connect(options: RedisOptions = {}): Redis {
    const connection = new Redis(this.port, '127.0.0.1', {
      retryStrategy: null,
      ...this.#adminOptions,
      ...options,
    })
    connection.on('error', () => {})
    this.#connections.push(connection)
    return connection
  }

  /** Sends a command, as an administrator would from a terminal. */
  async call(command: string, ...args: readonly string[]): Promise<unknown> {
    if (this.#admin?.status === 'end') this.#admin = undefined
    this.#admin ??= this.connect()
    return this.#admin.call(command, ...args)
  }

  /** Stops it in the middle of whatever it does; its connections stay open and nobody answers. */
  freeze(): void {
    process.kill(this.#pid, 'SIGSTOP')
  }

  thaw(): void {
    process.kill(this.#pid, 'SIGCONT')
  }

  /** Ends it without a goodbye. */
  async kill(): Promise<void> {
    const guardian = this.#guardian
    this.#guardian = undefined
    if (!guardian || guardian.exitCode !== null) return
    const ended = once(guardian, 'exit')
    guardian.stdin.end()
    await ended
  }

  /** Ends it, and everything that it opened here. */
  async stop(): Promise<void> {
    for (const connection of this.#connections) connection.disconnect()
    await this.kill()
    rmSync(this.folder, { recursive: true, force: true })
  }
}

async function freePort(): Promise<number> {
  const server = createServer()
  await once(server.listen(0, '127.0.0.1'), 'listening')
  const { port } = server.address() as AddressInfo
  await once(server.close(), 'close')
  return port
}
