import { fork, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import type { Doing } from './service.ts'

const SERVICE = fileURLToPath(new URL('service.ts', import.meta.url))

/** How long we watch what ioredis does by itself, in milliseconds in which its process is not busy. */
export const PATIENCE = 3_000

/** A process that uses Redis: through this client, or through ioredis with the options it has by default. */
export class Service {
  /** What it printed so far, on stdout and stderr. */
  printed = ''
  readonly ended: Promise<number | null>
  readonly #process: ChildProcess
  readonly #answers = new Map<number, (result: never) => void>()
  #asked = 0

  private constructor(kind: 'ours' | 'ioredis', name: string, url: string, env: NodeJS.ProcessEnv) {
    this.#process = fork(SERVICE, [kind, name, url], {
      execArgv: ['--import', 'jiti/register'],
      env: { ...process.env, NODE_ENV: 'production', PATIENCE: `${PATIENCE}`, ...env },
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    })
    this.#process.stdout?.on('data', (data) => (this.printed += String(data)))
    this.#process.stderr?.on('data', (data) => (this.printed += String(data)))
    this.#process.on('message', ({ id, result }: { id: number; result: never }) => {
      this.#answers.get(id)?.(result)
      this.#answers.delete(id)
    })
    // `close` comes after the last of what it printed.
    this.ended = once(this.#process, 'close').then(([code]) => code)
  }

  /** @param name the key that it counts at */
  static async start(
    kind: 'ours' | 'ioredis',
    name: string,
    url: string,
    env: NodeJS.ProcessEnv = {},
  ): Promise<Service> {
    const service = new Service(kind, name, url, env)
    const up = new Promise<void>((resolve) => service.#answers.set(0, resolve))
    await Promise.race([up, service.#endedTooSoon()])
    return service
  }

  /** Has it do something. Rejects when it ends before it has answered. */
  async does<What extends keyof Doing>(
    what: What,
    ...args: Parameters<Doing[What]>
  ): Promise<Awaited<ReturnType<Doing[What]>>> {
    const id = (this.#asked += 1)
    const result = new Promise<Awaited<ReturnType<Doing[What]>>>((resolve) => this.#answers.set(id, resolve))
    this.#process.send({ id, does: what, args })
    return Promise.race([result, this.#endedTooSoon()])
  }

  /** Closes its client and answers how long it took to end after that, in milliseconds. */
  async close(): Promise<number> {
    await this.does('close').catch(() => {})
    await this.ended
    return Number(/ended after (\d+) ms/.exec(this.printed)?.[1] ?? Infinity)
  }

  kill(): void {
    this.#process.kill('SIGKILL')
  }

  async #endedTooSoon(): Promise<never> {
    throw new Error(`the service ended with ${String(await this.ended)}:\n${this.printed}`)
  }
}
