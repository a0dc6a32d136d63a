import { getRedisClient } from '../../src/index.ts'

/** Answers from the cache when it can, and without it when it cannot. */
export async function cached(key: string, seconds: number, make: () => Promise<string>): Promise<string> {
  const client = await getRedisClient() // null: no Redis now
  const kept = await client?.get(key).catch(() => null) // rejects: lost under way
  if (typeof kept === 'string') return kept
  const made = await make()
  await client?.set(key, made, 'EX', seconds).catch(() => null)
  return made
}
