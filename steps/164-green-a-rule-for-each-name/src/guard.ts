import type { Redis } from 'ioredis'

/** Whether a command with these arguments is refused. */
type Rule = (args: readonly string[]) => boolean

const always: Rule = () => true

/** With BLOCK, which stands before the names of the streams and behind those of group and consumer. */
const blocks: Rule = (args) => {
  const options = args.slice(args[0] === 'group' ? 3 : 0)
  return options.slice(0, options.indexOf('streams')).includes('block')
}

const SPOILING_CLIENT = new Set<string | undefined>(['reply', 'tracking', 'caching', 'no-evict', 'no-touch'])

/** After these a connection has another user, database or protocol, or listens; or all others wait for one caller. */
const RULES = new Map<string, Rule>([
  ...[
    'select auth hello reset readonly readwrite monitor subscribe psubscribe ssubscribe watch multi wait waitaof',
    'blpop brpop brpoplpush blmove blmpop bzpopmin bzpopmax bzmpop',
  ].flatMap((names) => names.split(' ').map((name) => [name, always] as const)),
  ['client', ([what]) => SPOILING_CLIENT.has(what)],
  ['script', ([what]) => what === 'debug'],
  ['xread', blocks],
  ['xreadgroup', blocks],
])

/** Refuses on a shared client what would spoil it for everybody else. */
export function guard(client: Redis): void {
  const { sendCommand } = client
  /** Pipelines of which a command was refused. */
  const refused = new WeakMap<object, Error>()
  client.sendCommand = (command, pipeline) => {
    const { name } = command
    // Of a MULTI that comes with its EXEC nobody else feels anything.
    const isWhole = name === 'multi' && command.inTransaction
    const rule = isWhole ? undefined : RULES.get(name.toLowerCase())
    // Before it is ready, ioredis itself logs in and selects the database.
    const isRefused =
      client.status === 'ready' && rule?.(command.args.map((arg) => String(arg).toLowerCase()))
    const refusal = pipeline && refused.get(pipeline)
    if (!isRefused && !refusal) return sendCommand.call(client, command, pipeline)
    const error =
      refusal ?? new Error(`${name} would change the connection that all callers share: use withConnection()`)
    command.reject(error)
    if (pipeline) {
      refused.set(pipeline, error)
      // A pipeline is sent with its last command. The earlier ones are at the end of the queue and wait for answers.
      const { commandQueue } = client
      while (commandQueue.peekBack()?.stream === pipeline) commandQueue.pop()?.command.reject(error)
    }
    return command.promise
  }
}
