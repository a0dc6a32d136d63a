import type { Client } from './client.ts'

interface Entry {
  readonly value: string
  /** When it expires, in milliseconds since the epoch. */
  readonly expiresAt: number
}

/** Makes a client that keeps its values in memory. */
export function createMapClient(): Client {
  const entries = new Map<string, Entry>()
  const hashes = new Map<string, Map<string, string>>()

  /** What is stored under a key and has not expired. */
  function live(key: string): Entry | undefined {
    const entry = entries.get(key)
    return entry && Date.now() < entry.expiresAt ? entry : undefined
  }

  return {
    ping: async () => 'PONG',
    set: async (key, value, _unit, seconds = Infinity) => {
      entries.set(key, { value, expiresAt: Date.now() + seconds * 1000 })
      return 'OK'
    },
    get: async (key) => live(key)?.value ?? null,
    ttl: async (key) => {
      const entry = live(key)
      if (!entry) return -2
      return entry.expiresAt === Infinity ? -1 : (entry.expiresAt - Date.now()) / 1000
    },
    hset: async (key, field, value) => {
      const hash = hashes.get(key) ?? new Map<string, string>()
      hashes.set(key, hash.set(field, value))
    },
    hget: async (key, field) => hashes.get(key)?.get(field) ?? null,
  }
}
