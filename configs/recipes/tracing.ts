import { subscribe } from 'node:diagnostics_channel'

/** What ioredis tells of a command: its name, its arguments with `?` for values, and later the error. */
interface Traced {
  readonly command: string
  readonly error?: Error
}

/** Tells of each command that ioredis has sent: its name, how long it took in milliseconds, and why it failed. */
export function onCommand(tell: (command: string, took: number, error?: Error) => void): void {
  const began = new WeakMap<object, number>()
  subscribe('tracing:ioredis:command:start', (message) => began.set(message as Traced, performance.now()))
  subscribe('tracing:ioredis:command:asyncEnd', (message) => {
    const { command, error } = message as Traced
    tell(command, performance.now() - (began.get(message as Traced) ?? 0), error)
  })
}
