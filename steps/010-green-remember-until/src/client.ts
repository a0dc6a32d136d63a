/** The commands that a client of ours understands. */
export interface Client {
  /** Answers PONG. */
  ping(): Promise<string>
  /** Stores a value under a key, for that many seconds or, without them, for ever. Answers OK. */
  set(key: string, value: string, unit?: 'EX', seconds?: number): Promise<'OK'>
  /** Answers the value that is stored under a key, null when there is none. */
  get(key: string): Promise<string | null>
}
