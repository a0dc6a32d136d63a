import { setMaxListeners } from 'node:events'

/** Lets at most `limit` callers in at once. The others wait their turn: first come, first served. */
export class Semaphore {
  #free: number
  /** Waiters in order of arrival; a Set removes one in constant time. */
  readonly #waiting = new Set<(admitted: boolean) => void>()

  constructor(limit: number) {
    this.#free = limit
  }

  /**
   * @param timeout how long to wait, in milliseconds
   * @param signal lets the caller leave the queue
   * @returns true when it is the caller's turn, false when the timeout passed or the queue was drained first
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
        this.#waiting.delete(answer)
        clearTimeout(timer)
        signal?.removeEventListener('abort', abort)
      }
      const answer = (admitted: boolean) => {
        leave()
        resolve(admitted)
      }
      const abort = () => {
        leave()
        reject(signal?.reason)
      }
      const timer = setTimeout(answer, timeout, false)
      // A signal may be that of a whole request: more than ten that wait with it are no leak.
      if (signal) setMaxListeners(0, signal)
      signal?.addEventListener('abort', abort)
      this.#waiting.add(answer)
    })
  }

  /** Hands the permit to the waiter that came first. */
  release(): void {
    const [next] = this.#waiting
    // Handed over directly: a permit that is free in between could be taken by a caller that did not wait.
    if (next) next(true)
    else this.#free += 1
  }

  /** Gives false to all who wait. */
  drain(): void {
    for (const answer of this.#waiting) answer(false)
  }
}
