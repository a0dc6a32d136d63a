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
   * @param signal lets the caller leave the queue
   * @returns true when it is the caller's turn, false when the timeout passed first
   * @throws the signal's reason when it is aborted before the caller's turn
   */
  async acquire(timeout: number, signal?: AbortSignal): Promise<boolean> {
    signal?.throwIfAborted()
    if (this.#free > 0) {
      this.#free -= 1
      return true
    }
    return new Promise((resolve, reject) => {
      const leave = () => {
        this.#waiting.delete(enter)
        clearTimeout(timer)
        signal?.removeEventListener('abort', abort)
      }
      const enter = () => {
        leave()
        resolve(true)
      }
      const abort = () => {
        leave()
        reject(signal?.reason)
      }
      const timer = setTimeout(() => {
        leave()
        resolve(false)
      }, timeout)
      signal?.addEventListener('abort', abort)
      this.#waiting.add(enter)
    })
  }

  /** Hands the permit to the waiter that came first. */
  release(): void {
    const [next] = this.#waiting
    // Handed over directly: a permit that is free in between could be taken by a caller that did not wait.
    if (next) next()
    else this.#free += 1
  }
}
