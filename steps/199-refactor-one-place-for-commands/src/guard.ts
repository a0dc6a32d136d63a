import type { Redis } from 'ioredis'
import { effectOf } from './command-effects.ts'
import { watchCommands } from './watch-commands.ts'

/** Refuses on a shared client what would spoil it for everybody else. */
export function guard(client: Redis): void {
  /** Pipelines of which a command was refused. */
  const refused = new WeakMap<object, Error>()
  watchCommands(client, ({ name, args, inTransaction }, pipeline) => {
    // Of a MULTI that comes with its EXEC nobody else feels anything.
    const effect = name === 'multi' && inTransaction ? undefined : effectOf(name)
    const before = pipeline && refused.get(pipeline)
    if (!before && !effect?.isRefused(args.map(String), client.options)) return undefined
    const error =
      before ?? new Error(`${name} would change the connection that all callers share: use withConnection()`)
    if (pipeline) {
      refused.set(pipeline, error)
      // A pipeline is sent with its last command. The earlier ones are at the end of the queue and wait for answers.
      const { commandQueue } = client
      while (commandQueue.peekBack()?.stream === pipeline) commandQueue.pop()?.command.reject(error)
    }
    return error
  })
}
