import { Redis } from 'ioredis'
import RedisMock from 'ioredis-mock'
import type { Manager } from './manager.ts'
import { managerFor, removeManagers } from './registry.ts'
import { underTestRunner } from './test-runner.ts'

export interface RedisOptions {
  /** Where Redis is. Default: REDIS_URL of `env`; without that, or when it is empty, redis://localhost:6379/0 */
  readonly url?: string
  /** The environment to read. Default: that of the process. */
  readonly env?: NodeJS.ProcessEnv
  /** Whether to use a fake Redis in memory. Default: true under a test runner, never in production. */
  readonly useFake?: boolean
  /** Opens a connection. Default: ioredis or, with `useFake`, the fake. */
  readonly connect?: (url: string) => Promise<Redis>
}

const DEFAULT_URL = 'redis://localhost:6379/0'

const real = async (url: string): Promise<Redis> => new Redis(url)
const fake = async (): Promise<Redis> => new RedisMock()

function manager(options: RedisOptions): Manager {
  const { env = process.env, useFake = underTestRunner(env), connect = useFake ? fake : real } = options
  const url = options.url ?? (env['REDIS_URL'] || DEFAULT_URL)
  return managerFor(url, () => connect(url))
}

/**
 * Gives the client that all callers for a url share.
 *
 * @returns a client, or null when Redis cannot be used now
 */
export async function getRedisClient(options: RedisOptions = {}): Promise<Redis | null> {
  return manager(options).client()
}

/**
 * Lends a connection to `use`, for itself alone, until the promise that `use` returns is settled.
 *
 * @returns what `use` returned, or null when Redis cannot be used now
 */
export async function withConnection<Result>(
  use: (connection: Redis) => Promise<Result>,
  options: RedisOptions = {},
): Promise<Result | null> {
  return manager(options).lend(use)
}

/** Ends every shared client and all borrowed connections. Calling it again does nothing. */
export async function closeRedisClient(): Promise<void> {
  await Promise.all(removeManagers().map((each) => each.close()))
}
