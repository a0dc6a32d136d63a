import type { Command, Redis } from 'ioredis'

/** Sees a command before it is sent; answers why it is refused, if it is. */
type Look = (command: Command, pipeline?: object) => Error | undefined

/** What ioredis sends at each connection, and it works without: refused to the user, or a password that none asked for. */
const DISPENSABLE = /(client|info) NOPERM|no password is set|without any password/

/** The one place that every command passes, and every error on its way to a caller. */
export function watchCommands(client: Redis, look: Look = () => undefined): void {
  const { sendCommand } = client
  client.sendCommand = (command, pipeline) => {
    const { name, reject } = command
    const isHandshake = client.status === 'connect'
    command.reject = (error: Error & { command?: { args?: unknown } }) => {
      // ioredis hangs the command that failed onto the error, and its arguments may be secrets: AUTH has the password.
      delete error.command?.args
      if (!isHandshake || !DISPENSABLE.test(`${name} ${error.message}`)) return reject(error)
      client.emit('refused', name)
      command.resolve('')
    }
    const refusal = look(command, pipeline)
    if (!refusal) return sendCommand.call(client, command, pipeline)
    command.reject(refusal)
    return command.promise
  }
}
