import { setMaxListeners } from 'node:events'

/** How waiting ended. */
type Turn = 'admitted' | 'late' | 'drained'

/** Lets at most `limit` callers in at once. The others wait their turn: first come, first served. */
export class Semaphore {
  #free: number
  /** Waiters in order of arrival; a Set removes one in constant time. */
  readonly #waiting = new Set<(turn: Turn) => void>()

  constructor(limit: number) {
    this.#free = limit
  }

  /** Waits for the caller's turn, for `timeout` milliseconds at most; throws the signal's reason when it is aborted. */
  async acquire(timeout: number, signal?: AbortSignal): Promise<Turn> {
    signal?.throwIfAborted()
    if (this.#free > 0) {
      this.#free -= 1
      return 'admitted'
    }
    return new Promise((resolve) => {
      const answer = (turn: Turn | Promise<never>) => {
        this.#waiting.delete(answer)
        clearTimeout(timer)
        signal?.removeEventListener('abort', abort)
        resolve(turn)
      }
      const abort = () => answer(Promise.reject(signal?.reason))
      const timer = setTimeout(answer, timeout, 'late')
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
    if (next) next('admitted')
    else this.#free += 1
  }

  /** Sends all away who wait. */
  drain(): void {
    for (const answer of this.#waiting) answer('drained')
  }
}
