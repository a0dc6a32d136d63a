import type { Redis, RedisOptions as IoredisOptions } from 'ioredis'
import { checkIoredis } from './connection-options.ts'
import { underTestRunner } from './test-runner.ts'

const DEFAULT_URL = 'redis://localhost:6379/0'
/** In a variable, so that bundlers, which follow every name that they can read, leave it alone. */
const FAKE: string = 'ioredis-mock'

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
  /** A command must be answered within so many milliseconds, give or take 250. Default: 5,000 */
  readonly commandTimeout?: number
  /** How many connections are lent at once at most. Default: 20 */
  readonly maxConnections?: number
  /** How long a borrower waits for a connection at most, in milliseconds; 0 is not at all. Default: 5,000 */
  readonly maxWait?: number
  /** ioredis's own options, for every connection: `tls`, `path`, `keyPrefix`, `sentinels`, … Default: none */
  readonly ioredis?: IoredisOptions
  /** Opens a connection, or throws. Default: ioredis or, with `useFake`, the fake. */
  readonly connect?: (url: string, options: DialOptions) => Promise<Redis>
}

/** What `connect` is told beside the url. */
export interface DialOptions extends Required<
  Pick<RedisOptions, 'batchWrites' | 'commandTimeout' | 'ioredis'>
> {
  /** Whether one borrower has it for itself; a blocking command may then wait for as long as it asks for. */
  readonly exclusive: boolean
  /** Aborted when nobody wants the connection any more. */
  readonly signal: AbortSignal
  /** Is told what the connection has to do without. */
  warn(what: string): void
}

export interface BorrowOptions extends RedisOptions {
  /** Lets a borrower leave the queue: aborting rejects with the signal's reason. Ignored once a connection is lent. */
  readonly signal?: AbortSignal
}

export interface CloseOptions {
  /** How long to wait at most for what is under way, in milliseconds; 0 ends it at once. Default: 1,000 */
  readonly drain?: number
  /** Close only what belongs to this url, however it is spelled. Default: everything. */
  readonly url?: string
}

/** What is left of the options when every default is filled in. */
export type ResolvedOptions = Required<Omit<RedisOptions, 'env' | 'useFake' | 'connect'>> &
  Pick<RedisOptions, 'connect'>

/** Where Redis is, as it stands in the options or the environment: not checked yet. */
export function urlOf({ url, env = process.env }: RedisOptions): string {
  return url ?? (env['REDIS_URL'] || DEFAULT_URL)
}

/**
 * The options with every default filled in.
 *
 * @throws TypeError when a limit, or an option of ioredis, cannot be used
 */
export function resolve(options: RedisOptions): ResolvedOptions {
  const { env = process.env, useFake = underTestRunner(env) } = options
  return {
    batchWrites: options.batchWrites ?? true,
    commandTimeout: whole('commandTimeout', options.commandTimeout ?? 5_000, 1),
    maxConnections: whole('maxConnections', options.maxConnections ?? 20, 1),
    maxWait: whole('maxWait', options.maxWait ?? 5_000, 0),
    ioredis: checkIoredis(options.ioredis ?? {}),
    logger: options.logger ?? console,
    url: urlOf(options),
    connect: options.connect ?? (useFake ? connectFake : undefined),
  }
}

/** The most milliseconds that a timer of Node can count. */
const MOST = 2 ** 31 - 1

function whole(name: string, value: number, least: number): number {
  if (Number.isInteger(value) && value >= least && value <= MOST) return value
  throw new TypeError(`${name}: expected a whole number from ${least} to ${MOST}; came ${value}`)
}

/** Imported only when used: a service in production does not load it. */
async function connectFake(): Promise<Redis> {
  const { default: RedisMock }: { default: typeof Redis } = await import(FAKE)
  return new RedisMock()
}
