/** The commands that a client of ours understands. */
export interface Client {
  /** Answers PONG. */
  ping(): Promise<string>
  /** Stores a value under a key, for that many seconds or, without them, for ever. Answers OK. */
  set(key: string, value: string, unit?: 'EX', seconds?: number): Promise<'OK'>
  /** Answers the value that is stored under a key, null when there is none. */
  get(key: string): Promise<string | null>
  /** Answers the seconds a key has left: -1 when it never expires, -2 when there is no such key. */
  ttl(key: string): Promise<number>
  /** Writes a field of the hash under a key. */
  hset(key: string, field: string, value: string): Promise<void>
  /** Answers a field of the hash under a key, null when there is none. */
  hget(key: string, field: string): Promise<string | null>
}
