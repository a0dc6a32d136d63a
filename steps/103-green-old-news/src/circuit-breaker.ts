import { backOff } from './back-off.ts'

type State =
  /** Every caller may try. */
  | { readonly value: 'closed' }
  /** The last attempt failed: no caller may try before `until`, by `performance.now()`. */
  | { readonly value: 'open'; readonly failures: number; readonly until: number }
  /** One caller is trying, as a probe; no other may. */
  | { readonly value: 'half-open'; readonly failures: number }

/** Keeps callers from trying, again and again, what has just failed. */
export class CircuitBreaker {
  #state: State = { value: 'closed' }

  /** Whether the caller may try now. After the cool-down the first caller may, as a probe, and no other. */
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

  failed(): void {
    // An attempt that was under way when another one opened the circuit brings no news.
    if (this.#state.value === 'open') return
    const failures = this.#state.value === 'closed' ? 1 : this.#state.failures + 1
    this.#state = { value: 'open', failures, until: performance.now() + backOff(failures) }
  }
}
