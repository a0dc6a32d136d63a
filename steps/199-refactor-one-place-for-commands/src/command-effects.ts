import type { Redis } from 'ioredis'

/** What a command does to its connection, and so to those who share it or get it next. */
interface Effect {
  /** Another user, database, protocol or mode; or keys that are watched or a transaction that is open. */
  readonly leaves: 'changed' | 'watching' | undefined
  /** Whether it is refused, with these arguments, on a client that all callers share. */
  isRefused(args: readonly string[], options: Redis['options']): boolean
}

const EFFECTS = new Map<string, Effect>()

const define = (names: string, leaves?: Effect['leaves'], isRefused: Effect['isRefused'] = () => true) => {
  for (const name of names.split(' ')) EFFECTS.set(name, { leaves, isRefused })
}
define('hello reset readonly readwrite monitor subscribe psubscribe ssubscribe', 'changed')
define('watch multi', 'watching')
// These leave nothing, but all others would wait for one caller.
define('wait waitaof blpop brpop brpoplpush blmove blmpop bzpopmin bzpopmax bzmpop')
define('xread xreadgroup', undefined, (args) => {
  const words = args.map((arg) => arg.toLowerCase())
  // BLOCK stands before the names of the streams, and behind those of group and consumer.
  const options = words.slice(words[0] === 'group' ? 3 : 0)
  return options.slice(0, options.indexOf('streams')).includes('block')
})
define('script', undefined, ([what]) => /^debug$/i.test(`${what}`))
// What ioredis itself sends at every connection changes nothing: the user, database and name of the options.
define('select', 'changed', ([db], options) => db !== String(options.db))
define('auth', 'changed', (args, { username, password }) => {
  return `${args}` !== `${username ? [username, password] : password}`
})
define('client', 'changed', ([what, name], { connectionName }) => {
  const isOther = /^setname$/i.test(`${what}`) && name !== connectionName
  return isOther || /^(reply|tracking|caching|no-evict|no-touch)$/i.test(`${what}`)
})

export function effectOf(name: string): Effect | undefined {
  return EFFECTS.get(name.toLowerCase())
}
