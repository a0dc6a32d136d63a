import type { Client } from './client.ts'

/** Makes a client that keeps its values in memory. */
export function createMapClient(): Client {
  const values = new Map<string, string>()
  return {
    ping: async () => 'PONG',
    set: async (key, value) => {
      values.set(key, value)
      return 'OK'
    },
    get: async (key) => values.get(key) ?? null,
  }
}
