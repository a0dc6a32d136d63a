import type { Client } from './client.ts'

interface Entry {
  readonly value: string
  /** When it expires, in milliseconds since the epoch. */
  readonly expiresAt: number
}

/** Makes a client that keeps its values in memory. */
export function createMapClient(): Client {
  const entries = new Map<string, Entry>()
  return {
    ping: async () => 'PONG',
    set: async (key, value, _unit, seconds = Infinity) => {
      entries.set(key, { value, expiresAt: Date.now() + seconds * 1000 })
      return 'OK'
    },
    get: async (key) => {
      const entry = entries.get(key)
      return entry && Date.now() < entry.expiresAt ? entry.value : null
    },
  }
}
