import { Manager } from './manager.ts'

/** `Symbol.for` gives every copy of this module the same symbol, and so the same place on `globalThis`. */
const KEY = Symbol.for('redis-client-manager')

const place: typeof globalThis & { [KEY]?: Manager } = globalThis

/** The one manager of this process, however often this module was loaded. */
export function theManager(): Manager {
  return (place[KEY] ??= new Manager())
}

/** Takes the manager away, so that the next caller gets a new one. */
export function removeManager(): Manager | undefined {
  const manager = place[KEY]
  delete place[KEY]
  return manager
}
