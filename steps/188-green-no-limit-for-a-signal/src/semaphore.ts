import { setMaxListeners } from 'node:events'

/** Lets at most `limit` callers in at once. The others wait their turn: first come, first served. */
export class Semaphore {
  #free: number
  /** In a Set, he who has waited longest comes first and leaving the queue is cheap. */
  readonly #waiting = new Set<(admitted: boolean) => void>()

  constructor(limit: number) {
    this.#free = limit
  }

  /**
   * @param patience how long to wait, in milliseconds
   * @param signal lets the caller leave the queue
   * @returns true when it is the caller's turn, false when its patience ran out or everybody was sent away first
   * @throws the signal's reason when it is aborted before the caller's turn
   */
  async acquire(patience: number, signal?: AbortSignal): Promise<boolean> {
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
      const timer = setTimeout(answer, patience, false)
      // A signal may be that of a whole request: more than ten that wait with it are no leak.
      if (signal) setMaxListeners(0, signal)
      signal?.addEventListener('abort', abort)
      this.#waiting.add(answer)
    })
  }

  /** Hands the turn to the one who has waited longest. */
  release(): void {
    const [next] = this.#waiting
    // Handed over directly: a place that is free in between could be taken by somebody who did not wait.
    if (next) next(true)
    else this.#free += 1
  }

  /** Sends away all who wait. */
  sendAway(): void {
    for (const answer of this.#waiting) answer(false)
  }
}
