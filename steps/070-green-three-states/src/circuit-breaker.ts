/** How long the circuit stays open after a failure, in milliseconds. */
const COOL_DOWN = 1_000

type State =
  /** All is well: everybody may try. */
  | { readonly value: 'closed' }
  /** It failed: nobody may try until the clock (`performance.now()`) says so. */
  | { readonly value: 'open'; readonly until: number }
  /** One is trying: the others wait for what comes of it. */
  | { readonly value: 'half-open' }

/** Keeps callers from trying, again and again, what has just failed. */
export class CircuitBreaker {
  #state: State = { value: 'closed' }

  /** Whether the caller may try now. When the pause is over, the first who asks may, as a probe, and nobody else. */
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
