export interface CacheOptions {
  /** The environment to read these settings from. Default: that of the process. */
  readonly env?: NodeJS.ProcessEnv
  /** How long an answer is kept, in whole seconds. Default: CACHE_DEFAULT_TTL; without that, 3,600 */
  readonly ttl?: number
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
    ttl: checked(
      'CACHE_DEFAULT_TTL',
      options.ttl ?? given(env, 'CACHE_DEFAULT_TTL') ?? 3_600,
      (value) => Number.isInteger(value) && value > 0,
      'a whole number of seconds, 1 or more',
    ),
  }
}

/** An empty variable is none. */
const given = (env: NodeJS.ProcessEnv, name: string) => env[name]?.trim() || undefined

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
