import type { Manager } from './manager.ts'

const managers = new Map<string, Manager>()

/** The one manager for a url. */
export function managerFor(url: string, create: () => Manager): Manager {
  const manager = managers.get(url) ?? create()
  managers.set(url, manager)
  return manager
}

/** Takes all managers away, so that the next caller gets a new one. */
export function removeManagers(): Manager[] {
  const removed = [...managers.values()]
  managers.clear()
  return removed
}
