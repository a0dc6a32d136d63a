/** Lets at most `limit` callers in at once. The others wait their turn: first come, first served. */
export class Semaphore {
  #free: number
  /** In a Set, he who has waited longest comes first and leaving the queue is cheap. */
  readonly #waiting = new Set<() => void>()

  constructor(limit: number) {
    this.#free = limit
  }

  /**
   * @param patience how long to wait, in milliseconds
   * @returns true when it is the caller's turn, false when its patience ran out first
   */
  async acquire(patience: number): Promise<boolean> {
    if (this.#free > 0) {
      this.#free -= 1
      return true
    }
    return new Promise((resolve) => {
      const enter = () => {
        clearTimeout(timer)
        resolve(true)
      }
      const timer = setTimeout(() => {
        this.#waiting.delete(enter)
        resolve(false)
      }, patience)
      this.#waiting.add(enter)
    })
  }

  /** Hands the turn to the one who has waited longest. */
  release(): void {
    const [next] = this.#waiting
    // Handed over directly: a place that is free in between could be taken by somebody who did not wait.
    if (next) {
      this.#waiting.delete(next)
      next()
    } else this.#free += 1
  }
}
