import type { Manager } from './manager.ts'

/** `Symbol.for` gives every copy of this module the same symbol, and so the same place on `globalThis`. */
const KEY = Symbol.for('redis-client-manager/by-url')

const place: typeof globalThis & { [KEY]?: Map<string, Manager> } = globalThis

/** The one manager for a url in this process, however often this module was loaded. */
export function managerFor(url: string, create: () => Manager): Manager {
  const managers = (place[KEY] ??= new Map<string, Manager>())
  const manager = managers.get(url) ?? create()
  managers.set(url, manager)
  return manager
}

/** Takes all managers away, so that the next caller gets a new one. */
export function removeManagers(): Manager[] {
  const managers = place[KEY]?.values() ?? []
  delete place[KEY]
  return [...managers]
}
