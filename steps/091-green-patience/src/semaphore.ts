/** Lets at most `limit` callers in at once. The others wait their turn: first come, first served. */
export class Semaphore {
  #free: number
  /** Waiters in order of arrival; a Set removes one in constant time. */
  readonly #waiting = new Set<() => void>()

  constructor(limit: number) {
    this.#free = limit
  }

  /**
   * @param timeout how long to wait, in milliseconds
   * @returns true when it is the caller's turn, false when the timeout passed first
   */
  async acquire(timeout: number): Promise<boolean> {
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
      }, timeout)
      this.#waiting.add(enter)
    })
  }

  /** Hands the permit to the waiter that came first. */
  release(): void {
    const [next] = this.#waiting
    // Handed over directly: a permit that is free in between could be taken by a caller that did not wait.
    if (next) {
      this.#waiting.delete(next)
      next()
    } else this.#free += 1
  }
}
