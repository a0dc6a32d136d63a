import type { Redis } from 'ioredis'
import { dial, type DialOptions } from './dial.ts'
import { underTestRunner } from './test-runner.ts'
import { checkUrl } from './url.ts'

const DEFAULT_URL = 'redis://localhost:6379/0'

/** Where to say what is wrong. `console` is one. */
export interface Logger {
  warn(line: string): void
}

export interface RedisOptions {
  /** Where Redis is. Default: REDIS_URL of `env`; without that, or when it is empty, redis://localhost:6379/0 */
  readonly url?: string
  /** The environment to read. Default: that of the process. */
  readonly env?: NodeJS.ProcessEnv
  /** Whether to use a fake Redis in memory. Default: true under a test runner, never in production. */
  readonly useFake?: boolean
  /** Gets a line when Redis cannot be used. Default: console. */
  readonly logger?: Logger
  /** Whether the commands of one tick are sent in one write, which is faster when there are many. Default: true */
  readonly batchWrites?: boolean
  /** Opens a connection, or throws. Default: ioredis or, with `useFake`, the fake. */
  readonly connect?: (url: string, options: DialOptions) => Promise<Redis>
}

export interface BorrowOptions extends RedisOptions {
  /** Lets a borrower leave the queue: aborting rejects with the signal's reason. Ignored once a connection is lent. */
  readonly signal?: AbortSignal
}

/** What is left of the options when every default is filled in. */
export type ResolvedOptions = Required<Omit<RedisOptions, 'env' | 'useFake'>>

/**
 * The options with every default filled in.
 *
 * @throws TypeError when the url cannot be used
 */
export function resolve(options: RedisOptions): ResolvedOptions {
  const { env = process.env, useFake = underTestRunner(env) } = options
  return {
    batchWrites: options.batchWrites ?? true,
    logger: options.logger ?? console,
    url: checkUrl(options.url ?? (env['REDIS_URL'] || DEFAULT_URL)),
    connect: options.connect ?? (useFake ? connectFake : dial),
  }
}

/** Imported only when used: a service in production does not load it. */
async function connectFake(): Promise<Redis> {
  const { default: RedisMock } = await import('ioredis-mock')
  return new RedisMock()
}
