import type { Redis } from 'ioredis'

type Command = Parameters<Redis['sendCommand']>[0]

/** Sees a command before it is sent; answers why it is refused, if it is. */
type Look = (command: Command, pipeline?: object) => Error | undefined

/** The one place that every command passes, and every error on its way to a caller. */
export function watchCommands(client: Redis, look: Look = () => undefined): void {
  const { sendCommand } = client
  client.sendCommand = (command, pipeline) => {
    const { reject } = command
    command.reject = (error) => {
      redactArguments(error)
      reject(error)
    }
    const refusal = look(command, pipeline)
    if (!refusal) return sendCommand.call(client, command, pipeline)
    command.reject(refusal)
    return command.promise
  }
}

/** ioredis hangs the command that failed onto the error, and its arguments may be secrets: AUTH has the password. */
function redactArguments(error: Error & { command?: { args?: unknown } }): void {
  delete error.command?.args
}
