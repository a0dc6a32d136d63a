/** How long the circuit stays open after a failure, in milliseconds. */
const COOL_DOWN = 1_000

type State =
  /** Every caller may try. */
  | { readonly value: 'closed' }
  /** The last attempt failed: no caller may try before `until`, by `performance.now()`. */
  | { readonly value: 'open'; readonly until: number }
  /** One caller is trying, as a probe; no other may. */
  | { readonly value: 'half-open' }

/** Keeps callers from trying, again and again, what has just failed. */
export class CircuitBreaker {
  #state: State = { value: 'closed' }

  /** Whether the caller may try now. After the cool-down the first caller may, as a probe, and no other. */
  admits(): boolean {
    if (this.#state.value === 'open' && performance.now() >= this.#state.until) {
      this.#state = { value: 'half-open' }
      return true
    }
    return this.#state.value === 'closed'
  }

  succeeded(): void {
    this.#state = { value: 'closed' }
  }

  failed(): void {
    this.#state = { value: 'open', until: performance.now() + COOL_DOWN }
  }
}
