/** The commands that a client of ours understands. */
export interface Client {
  /** Answers PONG. */
  ping(): Promise<string>
}
