import * as fc from 'fast-check'
import { afterEach, expect, test, vi } from 'vitest'
import { CircuitBreaker } from '../../src/circuit-breaker.ts'

afterEach(() => {
  vi.restoreAllMocks()
  vi.useRealTimers()
})

/** What the breaker should be: its three states, written down as plainly as they can be. */
interface Model {
  state: 'closed' | 'open' | 'half-open'
  failures: number
  /** When the pause of an open circuit is over, in milliseconds. */
  until: number
  now: number
}

interface Step {
  readonly name: string
  /** Takes the step on both and says how they differ, if they do. */
  take(model: Model, breaker: CircuitBreaker): void
}

const ask: Step = {
  name: 'ask',
  take: (model, breaker) => {
    const isProbe = model.state === 'open' && model.now >= model.until
    const expected = model.state === 'closed' || isProbe
    if (isProbe) model.state = 'half-open'
    expect(breaker.admits(), `admits, ${model.state}`).toBe(expected)
  },
}

const succeed: Step = {
  name: 'succeed',
  take: (model, breaker) => {
    model.state = 'closed'
    model.failures = 0
    breaker.succeeded()
  },
}

const fail = (luck: number, notRetryable: boolean): Step => ({
  name: `fail(${luck}${notRetryable ? ', notRetryable' : ''})`,
  take: (model, breaker) => {
    vi.spyOn(Math, 'random').mockReturnValue(luck)
    if (model.state !== 'open') {
      model.failures += 1
      if (notRetryable) model.failures = 100
      const longest = [1_000, 2_000, 4_000, 8_000, 16_000][model.failures - 1] ?? 30_000
      model.until = model.now + longest / 2 + (longest / 2) * luck
      model.state = 'open'
    }
    breaker.failed(notRetryable)
  },
})

const wait = (ms: number): Step => ({
  name: `wait(${ms})`,
  take: (model) => {
    model.now += ms
    vi.advanceTimersByTime(ms)
  },
})

const luck = fc.constantFrom(0, 0.25, 0.5, 1)
const anyStep = fc.oneof(
  { weight: 4, arbitrary: fc.constant(ask) },
  { weight: 1, arbitrary: fc.constant(succeed) },
  {
    weight: 3,
    arbitrary: fc.tuple(luck, fc.boolean()).map(([value, notRetryable]) => fail(value, notRetryable)),
  },
  // Just before, at and after the ends of pauses; anything else as well.
  { weight: 4, arbitrary: fc.constantFrom(1, 499, 500, 999, 1_000, 15_000, 29_999, 30_000).map(wait) },
  { weight: 1, arbitrary: fc.integer({ min: 0, max: 60_000 }).map(wait) },
)

test('the circuit breaker is what its three states say, whatever happens in whatever order', () => {
  expect.hasAssertions()
  const print = (step: Step) => step.name
  const steps = fc.array(anyStep, { maxLength: 60 })
  fc.assert(
    fc.property(
      steps.map((all) => Object.assign(all, { [fc.toStringMethod]: () => all.map(print).join(' ') })),
      (all) => {
        vi.useFakeTimers()
        const model: Model = { state: 'closed', failures: 0, until: 0, now: performance.now() }
        const breaker = new CircuitBreaker()
        for (const step of all) step.take(model, breaker)
        ask.take(model, breaker)
      },
    ),
    { numRuns: 2_000 },
  )
})
