import { ChildProcess } from 'node:child_process'
import { subscribe, unsubscribe } from 'node:diagnostics_channel'
import { syncBuiltinESMExports } from 'node:module'
import { Server, type Socket } from 'node:net'
import timers from 'node:timers'
import type { TimerOptions } from 'node:timers'
import promises from 'node:timers/promises'
import { promisify } from 'node:util'

// In a worker that runs the tests of many states: timers, connections, servers, processes and listeners belong to the
// state whose tests made them, and end with it.

type Timer = NodeJS.Timeout | NodeJS.Immediate
type Listener = (...args: unknown[]) => void

/** Something that was made and may still be there. */
interface Made {
  /** In words for people. */
  readonly what: string
  /** Whether it is still there. */
  readonly isLeft: () => boolean
  readonly end: () => void
  /** Whether the process may exit without waiting for it (`unref`). */
  readonly isIdle?: () => boolean
  /** What made it: the topmost frame of the stack that is not ours. */
  readonly by: { readonly stack?: string }
}

/** What was made since the last clearing. */
const made = new Set<Made>()

/** Milliseconds to wait for what is just ending by itself, as a connection does that was closed. */
const moments = [0, 1, 2, 4, 8, 16, 32]

/** Vitest's own timers are none of a state's: it took these functions before ours were put in their place. */
const native = {
  setTimeout: globalThis.setTimeout,
  setInterval: globalThis.setInterval,
  setImmediate: globalThis.setImmediate,
} as const
const watched: typeof native = {
  setTimeout: noting(native.setTimeout, (time) => `a timer of ${time} ms`),
  setInterval: noting(native.setInterval, (time) => `an interval of ${time} ms`),
  setImmediate: noting(native.setImmediate, () => 'an immediate'),
}

function noting<Make extends (...args: never[]) => Timer>(make: Make, name: (time: unknown) => string): Make {
  const ours = (...args: Parameters<Make>) => {
    const timer = make(...args)
    made.add({
      what: name(args[1]),
      // Undocumented, but the only thing that tells: there is no function to ask for it.
      isLeft: () => Reflect.get(timer, '_destroyed') === false,
      end: () => {
        clearTimeout(timer as NodeJS.Timeout)
        clearImmediate(timer as NodeJS.Immediate)
      },
      isIdle: () => !timer.hasRef(),
      by: caller(ours),
    })
    return timer
  }
  return ours as Make
}

/** Those of `node:timers/promises`. The next value of an interval is not taken after the last test. */
const nativePromises = { setTimeout: promises.setTimeout, setImmediate: promises.setImmediate } as const
const watchedPromises: typeof nativePromises = {
  setTimeout: <Value>(time?: number, value?: Value, options?: TimerOptions) =>
    notingPromise(`a timer of ${time} ms`, watchedPromises.setTimeout, options, (how) =>
      nativePromises.setTimeout(time, value, how),
    ),
  setImmediate: <Value>(value?: Value, options?: TimerOptions) =>
    notingPromise('an immediate', watchedPromises.setImmediate, options, (how) =>
      nativePromises.setImmediate(value, how),
    ),
}
Object.defineProperty(watched.setTimeout, promisify.custom, { value: watchedPromises.setTimeout })
Object.defineProperty(watched.setImmediate, promisify.custom, { value: watchedPromises.setImmediate })

/** When we end it, it does not settle any more: nothing of the state goes on. */
function notingPromise<Value>(
  what: string,
  of: (...args: never[]) => unknown,
  options: TimerOptions = {},
  begin: (how: TimerOptions) => Promise<Value>,
): Promise<Value> {
  const ending = new AbortController()
  const signal = AbortSignal.any([ending.signal, ...(options.signal ? [options.signal] : [])])
  let waits = true
  made.add({
    what,
    isLeft: () => waits,
    end: () => ending.abort(),
    isIdle: () => options.ref === false,
    by: caller(of),
  })
  return new Promise((resolve, reject) => {
    begin({ ...options, signal })
      .finally(() => (waits = false))
      .then(resolve, (error: unknown) => ending.signal.aborted || reject(error as Error))
  })
}

/** The caller of this function. Formatted only when it is read. */
function caller(of: (...args: never[]) => unknown): Made['by'] {
  const { stackTraceLimit } = Error
  Error.stackTraceLimit = 1
  const place = {}
  Error.captureStackTrace(place, of)
  Error.stackTraceLimit = stackTraceLimit
  return place
}

const { listen } = Server.prototype
const { spawn } = ChildProcess.prototype as unknown as {
  readonly spawn: (this: ChildProcess, how: unknown) => unknown
}

function noteListen(this: Server, ...args: Parameters<typeof listen>) {
  made.add({
    what: 'a server',
    isLeft: () => this.listening,
    end: () => void this.removeAllListeners().close(),
    by: caller(noteListen),
  })
  return listen.apply(this, args)
}

function noteSpawn(this: ChildProcess, how: unknown) {
  made.add({
    what: 'a process',
    isLeft: () => this.pid !== undefined && this.exitCode === null && this.signalCode === null,
    end: () => void this.removeAllListeners().kill('SIGKILL'),
    by: {},
  })
  return spawn.call(this, how)
}

const noteSocket = (message: unknown) => {
  const { socket } = message as { readonly socket: Socket }
  made.add({
    what: 'a connection',
    isLeft: () => !socket.destroyed,
    end: () =>
      void socket
        .removeAllListeners()
        .on('error', () => {})
        .destroy(),
    by: {},
  })
}
const sockets = ['net.client.socket', 'net.server.socket']

const noteListener = (name: string | symbol, listener: Listener) => {
  made.add({
    what: `a listener for ${String(name)} on process`,
    isLeft: () => process.listeners(name as NodeJS.Signals).includes(listener),
    end: () => void process.off(name, listener),
    by: caller(process.on),
  })
}

/** From here on what is made is a state's. */
export function watchOver(): void {
  use(watched, watchedPromises, noteListen, noteSpawn)
  for (const name of sockets) subscribe(name, noteSocket)
  process.on('newListener', noteListener)
}

/** From here on what is made is not a state's. */
export function stopWatching(): void {
  process.off('newListener', noteListener)
  for (const name of sockets) unsubscribe(name, noteSocket)
  use(native, nativePromises, listen, spawn)
}

function use(
  functions: typeof native,
  later: typeof nativePromises,
  toListen: unknown,
  toSpawn: unknown,
): void {
  Object.assign(globalThis, functions)
  Object.assign(timers, functions)
  Object.assign(promises, later)
  syncBuiltinESMExports()
  Object.assign(Server.prototype, { listen: toListen })
  Object.assign(ChildProcess.prototype, { spawn: toSpawn })
}

/** Ends all that is left, without a word to the state. */
export function clear(): void {
  for (const one of made) if (one.isLeft()) one.end()
  made.clear()
}

/**
 * The same, after a moment for what is just ending by itself. Answers with what the state itself has to answer for, in
 * words: what its own code made, and not a package, but for timers of a test that nothing waits for, as one that only
 * watches over a test.
 *
 * @param folder the state's, with forward slashes and one at its end
 */
export async function clearAndTell(folder: string): Promise<readonly string[]> {
  for (const moment of moments) {
    if (![...made].some((one) => one.isLeft())) break
    await new Promise((resolve) => native.setTimeout(resolve, moment))
  }
  const told = [...made].flatMap((one) => {
    const path = one.isLeft() ? pathIn(folder, one.by.stack) : null
    return path === null || (one.isIdle?.() && path.startsWith('test/'))
      ? []
      : [`${one.what}, made in ${path}`]
  })
  clear()
  return [...new Set(told)]
}

/** The state's own file that a frame of a stack is in, or null. */
function pathIn(folder: string, stack = ''): string | null {
  const frame = stack.replaceAll('\\', '/')
  const from = frame.lastIndexOf(folder)
  return from === -1 ? null : (/^(?:src|test)\/[^:)]+/.exec(frame.slice(from + folder.length))?.[0] ?? null)
}
