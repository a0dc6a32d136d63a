import type { Redis } from 'ioredis'
import { getRedisClient } from '../index.ts'

export interface CacheOptions {
  /** The environment to read these settings from. Default: that of the process. */
  readonly env?: NodeJS.ProcessEnv
  /** Whether answers are kept at all. Default: CACHE_ENABLED; without that, true */
  readonly enabled?: boolean
  /** How long an answer is kept, in whole seconds. Default: CACHE_DEFAULT_TTL; without that, 3,600 */
  readonly ttl?: number
  /** How long looking up or storing may take, in milliseconds. Default: 500 */
  readonly timeout?: number
  /** Gives the client, or null when Redis cannot be used now. Default: getRedisClient */
  readonly redis?: () => Promise<Redis | null>
}

/** What is left of the options when every default is filled in. */
export type Settings = Required<Omit<CacheOptions, 'env'>>

/**
 * The options with every default filled in.
 *
 * @throws RangeError for a setting that makes no sense
 */
export function resolve(options: CacheOptions): Settings {
  const { env = process.env } = options
  return {
    enabled: options.enabled ?? isOn(given(env, 'CACHE_ENABLED') ?? 'true'),
    ttl: checked(
      'CACHE_DEFAULT_TTL',
      options.ttl ?? given(env, 'CACHE_DEFAULT_TTL') ?? 3_600,
      (value) => Number.isInteger(value) && value > 0,
      'a whole number of seconds, 1 or more',
    ),
    timeout: options.timeout ?? 500,
    redis: options.redis ?? getRedisClient,
  }
}

/** An empty variable is none. */
const given = (env: NodeJS.ProcessEnv, name: string) => env[name]?.trim() || undefined

function isOn(word: string): boolean {
  if (word === 'true' || word === 'false') return word === 'true'
  throw new RangeError(`Expected CACHE_ENABLED to be true or false, but "${word}" came`)
}

function checked(
  name: string,
  value: number | string,
  isRight: (value: number) => boolean,
  expected: string,
): number {
  const number = Number(value)
  if (isRight(number)) return number
  throw new RangeError(`Expected ${name} to be ${expected}, but "${value}" came`)
}
