import { Manager } from './manager.ts'
import { resolve, urlOf, type RedisOptions } from './options.ts'
import { meaningOf } from './url.ts'

/** `Symbol.for` gives every copy of this module the same symbol, and so the same place on `globalThis`. */
const KEY = Symbol.for('redis-client-manager/by-url')

const place: typeof globalThis & { [KEY]?: Map<string, Manager> } = globalThis
const all = () => (place[KEY] ??= new Map<string, Manager>())

/** The one manager for a url in this process, however often this module was loaded, and however the url is spelled. */
export function managerFor(options: RedisOptions): Manager {
  const url = urlOf(options)
  const managers = all()
  // Fast path: this spelling was here before.
  const known = managers.get(url)
  if (known) return known
  const meaning = meaningOf(url)
  const manager = managers.get(meaning) ?? new Manager(resolve(options))
  managers.set(url, manager).set(meaning, manager)
  return manager
}

/** Takes away the manager for a url, or all of them, so that the next caller gets a new one. */
export function removeManagers(url?: string): Manager[] {
  const managers = all()
  const only = url === undefined ? undefined : managers.get(meaningOf(url))
  const removed = [...managers].filter(([, each]) => url === undefined || each === only)
  for (const [key] of removed) managers.delete(key)
  return [...new Set(removed.map(([, each]) => each))]
}
