/** The commands that a client of ours understands. */
export interface Client {
  /** Answers PONG. */
  ping(): Promise<string>
  /** Stores a value under a key. Answers OK. */
  set(key: string, value: string): Promise<'OK'>
  /** Answers the value that is stored under a key. */
  get(key: string): Promise<string | undefined>
}
