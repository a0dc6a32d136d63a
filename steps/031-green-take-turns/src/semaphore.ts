/** Lets at most `limit` callers in at once. The others wait their turn: first come, first served. */
export class Semaphore {
  #free: number
  readonly #waiting: (() => void)[] = []

  constructor(limit: number) {
    this.#free = limit
  }

  /** Resolves when it is the caller's turn. */
  async acquire(): Promise<void> {
    if (this.#free > 0) this.#free -= 1
    else await new Promise<void>((resolve) => this.#waiting.push(resolve))
  }

  /** Hands the permit to the waiter that came first. */
  release(): void {
    const next = this.#waiting.shift()
    // Handed over directly: a permit that is free in between could be taken by a caller that did not wait.
    if (next) next()
    else this.#free += 1
  }
}
