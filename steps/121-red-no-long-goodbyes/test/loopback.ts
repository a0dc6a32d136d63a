import { EventEmitter, once } from 'node:events'
import { createServer, type Server, type Socket } from 'node:net'

/** A server of our own on a free port of this machine, and what it saw. */
export interface Loopback {
  readonly url: string
  /** Every connection it accepted. */
  readonly sockets: readonly Socket[]
  /** Every command it received, in order. */
  readonly commands: readonly string[][]
  /** Resolves when it hears a command of that name, or has heard one before. */
  heard(name: string): Promise<void>
}

/** What to say to a command, in the Redis protocol. Nothing at all when empty. */
export type Answer = (command: readonly string[], socket: Socket) => string

const running = new Map<Server, readonly Socket[]>()

/** Says what a healthy Redis says to a client that connects. */
export const politely: Answer = ([name = '']) =>
  ({ info: '$5\r\nready\r\n', ping: '+PONG\r\n' })[name.toLowerCase()] ?? '+OK\r\n'

/** Starts a server that answers every command with `answer`. One that is frozen does not even notice a client that goes. */
export async function listen(answer: Answer = politely, { frozen = false } = {}): Promise<Loopback> {
  const sockets: Socket[] = []
  const commands: string[][] = []
  const ear = new EventEmitter()
  const heard = async (name: string) => {
    if (!commands.some(([each]) => each === name)) await once(ear, name)
  }
  // Without it a second small answer waits for the client to acknowledge the first. Redis does not wait either.
  const server = createServer({ noDelay: true, allowHalfOpen: frozen }, (socket) => {
    sockets.push(socket)
    socket.on('error', () => socket.destroy())
    socket.on('data', (data) => {
      for (const command of parse(String(data))) {
        commands.push(command)
        ear.emit(String(command[0]))
        socket.write(answer(command, socket))
      }
    })
  })
  running.set(server, sockets)
  await once(server.listen(0, '127.0.0.1'), 'listening')
  return { url: urlOf(server), sockets, commands, heard }
}

/** The url of a port where nobody listens, and that no system gives to a program that asks for a free one. */
export const closedUrl = 'redis://127.0.0.1:1/0'

/** Stops every server that was started here. */
export async function stopListening(): Promise<void> {
  const stopped = [...running].map(async ([server, sockets]) => {
    for (const socket of sockets) socket.destroy()
    await once(server.close(), 'close')
  })
  running.clear()
  await Promise.all(stopped)
}

function urlOf(server: Server): string {
  const address = server.address()
  return `redis://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}/0`
}

/** A client sends each command as a list of strings: `*2`, then for each its length and itself, each on a line. */
function parse(data: string): string[][] {
  const lines = data.split('\r\n')
  const commands: string[][] = []
  while (lines[0]?.startsWith('*')) {
    const size = Number(lines.shift()?.slice(1))
    commands.push(lines.splice(0, size * 2).filter((_, index) => index % 2 === 1))
  }
  return commands
}
