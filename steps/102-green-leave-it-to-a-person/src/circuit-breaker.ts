import { backOff } from './back-off.ts'

type State =
  /** All is well: everybody may try. */
  | { readonly value: 'closed' }
  /** It failed: nobody may try until the clock (`performance.now()`) says so. */
  | { readonly value: 'open'; readonly failures: number; readonly until: number }
  /** One is trying: the others wait for what comes of it. */
  | { readonly value: 'half-open'; readonly failures: number }

/** Keeps callers from trying, again and again, what has just failed. */
export class CircuitBreaker {
  #state: State = { value: 'closed' }

  /** Whether the caller may try now. When the pause is over, the first who asks may, as a probe, and nobody else. */
  admits(): boolean {
    if (this.#state.value === 'open' && performance.now() >= this.#state.until) {
      this.#state = { value: 'half-open', failures: this.#state.failures }
      return true
    }
    return this.#state.value === 'closed'
  }

  succeeded(): void {
    this.#state = { value: 'closed' }
  }

  /** @param lasting trying again soon cannot help: take the longest pause at once */
  failed(lasting = false): void {
    // An attempt that was under way when another one opened the circuit brings no news.
    if (this.#state.value === 'open') return
    const before = this.#state.value === 'closed' ? 0 : this.#state.failures
    const failures = lasting ? Infinity : before + 1
    this.#state = { value: 'open', failures, until: performance.now() + backOff(failures) }
  }
}
