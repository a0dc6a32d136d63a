import { EventEmitter } from 'node:events'
import * as fc from 'fast-check'
import type { Redis } from 'ioredis'
import { afterEach, expect, test, vi } from 'vitest'
import { closeRedisClient, withConnection } from '../../src/index.ts'
import { recordSessionState } from '../../src/session-state.ts'

afterEach(async () => {
  await closeRedisClient()
  vi.useRealTimers()
})

const BOUND = 20
/** How long a borrower waits, an idle connection is kept, and cleaning one may take; in milliseconds. */
const ACQUIRE_TIMEOUT = 5_000
const IDLE = 30_000
const CLEANING = 1_000

/** As much of a connection as a pool sees. Everything it sends goes through `sendCommand`, as in ioredis. */
class Connection extends EventEmitter {
  static made = 0
  readonly number = (Connection.made += 1)
  status = 'ready'
  frozen = false
  subscriber = false
  watching = false
  readonly commandQueue: string[] = []
  #hangUp: (() => void) | undefined

  sendCommand({ name }: { name: string }): Promise<string> {
    if (name === 'subscribe') this.subscriber = true
    if (this.status === 'end') return Promise.reject(new Error('Connection is closed.'))
    if (this.frozen) this.commandQueue.push(name)
    if (this.frozen) return new Promise((_, reject) => (this.#hangUp = () => reject(new Error('closed'))))
    if (name === 'watch') this.watching = true
    if (name === 'unwatch') this.watching = false
    return this.subscriber ? Promise.reject(new Error('ERR only (P|S)SUBSCRIBE')) : Promise.resolve('OK')
  }

  get = () => this.sendCommand({ name: 'get' })
  watch = () => this.sendCommand({ name: 'watch' })
  unwatch = () => this.sendCommand({ name: 'unwatch' })
  subscribe = () => this.sendCommand({ name: 'subscribe' })
  select = async () => {
    await this.sendCommand({ name: 'select' })
    this.emit('select', 3)
  }

  disconnect(): void {
    if (this.status === 'end') return
    this.status = 'end'
    this.emit('end')
    this.#hangUp?.()
  }
}

/** Someone who borrows, in the model and in reality. */
interface Borrower {
  readonly number: number
  state: 'waits' | 'has one' | 'is cleaned up after' | 'done'
  /** Of the connection that it has. */
  connection: number
  /** The pool that it came to is closed. */
  orphan: boolean
  /** What comes of it in the end. */
  outcome: string
}

interface Timer {
  readonly at: number
  readonly ring: () => void
}

/** What the pool should be: a queue, idle connections, and a clock. */
class Model {
  now = 0
  made = 0
  readonly borrowers: Borrower[] = []
  readonly served: number[] = []
  /** Connections that nobody has, the one used last at the end. */
  idle: number[] = []
  readonly open = new Set<number>()
  readonly frozen = new Set<number>()
  readonly subscribers = new Set<number>()
  /** Those that speak to another database now. */
  readonly elsewhere = new Set<number>()
  readonly #noted: boolean
  readonly #timers = new Set<Timer>()
  readonly #byKey = new Map<string, Timer>()

  /** @param noted whether the pool knows what a borrower has changed, and need not ask */
  constructor(noted: boolean) {
    this.#noted = noted
  }

  with(state: Borrower['state']): Borrower[] {
    return this.borrowers.filter((each) => each.state === state && !each.orphan)
  }

  borrow(): void {
    const borrower: Borrower = {
      number: this.borrowers.length,
      state: 'waits',
      connection: 0,
      orphan: false,
      outcome: 'none yet',
    }
    const taken = this.with('has one').length + this.with('is cleaned up after').length
    const admitted = taken < BOUND && this.with('waits').length === 0
    this.borrowers.push(borrower)
    if (admitted) this.#serve(borrower)
    else this.#after(ACQUIRE_TIMEOUT, `timeout ${borrower.number}`, () => this.#end(borrower, 'null'))
  }

  giveBack(borrower: Borrower, outcome: string): void {
    const { connection } = borrower
    const elsewhere = this.elsewhere.has(connection)
    const subscribed = this.subscribers.has(connection)
    const changed = elsewhere || subscribed
    const asks = this.open.has(connection) && !elsewhere && !(subscribed && this.#noted)
    if (asks && this.frozen.has(connection)) {
      borrower.state = 'is cleaned up after'
      this.#after(CLEANING, `cleaning ${borrower.number}`, () => this.#release(borrower, outcome, false))
    } else this.#release(borrower, outcome, this.open.has(connection) && !changed)
  }

  leave(borrower: Borrower): void {
    this.#cancel(`timeout ${borrower.number}`)
    this.#end(borrower, 'left')
  }

  break(connection: number): void {
    this.open.delete(connection)
    this.idle = this.idle.filter((each) => each !== connection)
    this.#cancel(`idle ${connection}`)
    // What is being cleaned need not be waited for any longer.
    const cleaned = this.borrowers.find(
      (each) => each.state === 'is cleaned up after' && each.connection === connection,
    )
    if (cleaned) this.#ringNow(`cleaning ${cleaned.number}`)
  }

  close(): void {
    for (const waiting of this.with('waits')) {
      this.#cancel(`timeout ${waiting.number}`)
      this.#end(waiting, 'null')
    }
    for (const each of this.borrowers) each.orphan = true
    for (const connection of this.open) this.break(connection)
  }

  wait(ms: number): void {
    const until = this.now + ms
    for (;;) {
      const [first] = [...this.#timers].toSorted((one, other) => one.at - other.at)
      if (!first || first.at > until) break
      this.now = first.at
      this.#timers.delete(first)
      first.ring()
    }
    this.now = until
  }

  #serve(borrower: Borrower): void {
    const last = this.idle.pop()
    if (last === undefined) this.open.add((this.made += 1))
    else this.#cancel(`idle ${last}`)
    borrower.connection = last ?? this.made
    borrower.state = 'has one'
    this.served.push(borrower.number)
  }

  #release(borrower: Borrower, outcome: string, clean: boolean): void {
    const { connection } = borrower
    this.#cancel(`cleaning ${borrower.number}`)
    this.#end(borrower, outcome)
    if (clean) {
      this.idle.push(connection)
      this.#after(IDLE, `idle ${connection}`, () => this.break(connection))
    } else this.open.delete(connection)
    const [next] = this.with('waits')
    if (!next || borrower.orphan) return
    this.#cancel(`timeout ${next.number}`)
    this.#serve(next)
  }

  #end(borrower: Borrower, outcome: string): void {
    borrower.state = 'done'
    borrower.outcome = outcome
  }

  #after(ms: number, key: string, ring: () => void): void {
    const timer = { at: this.now + ms, ring }
    this.#timers.add(timer)
    this.#byKey.set(key, timer)
  }

  #cancel(key: string): void {
    const timer = this.#byKey.get(key)
    if (timer) this.#timers.delete(timer)
  }

  #ringNow(key: string): void {
    const timer = this.#byKey.get(key)
    if (!timer || !this.#timers.delete(timer)) return
    timer.ring()
  }
}

/** The pool itself, and all that can be seen of it from outside. */
class Reality {
  readonly connections: Connection[] = []
  readonly served: number[] = []
  readonly outcomes: string[] = []
  /** Borrower -> the connection that it has. */
  readonly lent = new Map<number, Connection>()
  readonly #gates = new Map<number, { open: () => void; fail: () => void }>()
  readonly #exits: AbortController[] = []
  /** Whether notes are taken of what borrowers send. */
  readonly #noted: boolean

  constructor(noted: boolean) {
    this.#noted = noted
  }

  borrow(): void {
    const number = this.outcomes.push('none yet') - 1
    const exit = new AbortController()
    this.#exits.push(exit)
    const use = async (lent: Redis) => {
      const connection = lent as unknown as Connection
      expect([...this.lent.values()].includes(connection), 'lent to two at once').toBe(false)
      expect(connection.status, 'the state of a connection that is lent').toBe('ready')
      expect(connection.watching, 'lent with keys watched').toBe(false)
      this.lent.set(number, connection)
      this.served.push(number)
      try {
        await new Promise<void>((open, fail) =>
          this.#gates.set(number, { open, fail: () => fail(new Error('threw')) }),
        )
      } finally {
        this.lent.delete(number)
      }
      return 'returned'
    }
    void withConnection(use, {
      connect: this.#connect,
      signal: exit.signal,
      logger: { warn: () => {} },
    }).then(
      (result) => (this.outcomes[number] = String(result)),
      (error: Error) => (this.outcomes[number] = error.message),
    )
  }

  giveBack(number: number, outcome: string): void {
    const gate = this.#gates.get(number)
    if (outcome === 'threw') gate?.fail()
    else gate?.open()
  }

  leave(number: number): void {
    this.#exits[number]?.abort(new Error('left'))
  }

  connection(number: number): Connection {
    const found = this.connections[number - 1]
    if (!found) throw new Error(`connection ${number} was never opened`)
    return found
  }

  readonly #connect = async () => {
    const connection = new Connection()
    this.connections.push(connection)
    const opened = connection as unknown as Redis
    if (this.#noted) recordSessionState(opened)
    return opened
  }
}

interface Step {
  readonly name: string
  take(model: Model, reality: Reality): unknown
}

/** One of several, whatever number comes: whom a step is about is decided when it is taken. */
const pick = <Each>(all: readonly Each[], which: number): Each | undefined =>
  all[which % Math.max(1, all.length)]

const borrow = (count: number): Step => ({
  name: `borrow(${count})`,
  take: (model, reality) => {
    for (let each = 0; each < count; each += 1) {
      model.borrow()
      reality.borrow()
    }
  },
})

const giveBack = (which: number, outcome: 'returned' | 'threw'): Step => ({
  name: `${outcome}(${which})`,
  take: (model, reality) => {
    const borrower = pick(
      model.borrowers.filter(({ state }) => state === 'has one'),
      which,
    )
    if (!borrower) return
    model.giveBack(borrower, outcome)
    reality.giveBack(borrower.number, outcome)
  },
})

const leave = (which: number): Step => ({
  name: `leave(${which})`,
  take: (model, reality) => {
    const borrower = pick(model.with('waits'), which)
    if (!borrower) return
    model.leave(borrower)
    reality.leave(borrower.number)
  },
})

/** Something happens to a connection, be it lent or idle. */
const happens = (name: 'break' | 'freeze' | 'subscribe' | 'select' | 'watch', which: number): Step => ({
  name: `${name}(${which})`,
  take: (model, reality) => {
    const number = pick([...model.open], which)
    if (number === undefined) return
    const connection = reality.connection(number)
    if (name === 'break') {
      model.break(number)
      connection.disconnect()
    }
    // Only whom it is lent to can do these.
    if (model.idle.includes(number) || connection.frozen || connection.status === 'end') return
    if (name === 'freeze') {
      model.frozen.add(number)
      connection.frozen = true
      connection.get().catch(() => {})
    }
    if (name === 'subscribe') {
      model.subscribers.add(number)
      connection.subscribe().catch(() => {})
    }
    if (name === 'select') {
      model.elsewhere.add(number)
      connection.select().catch(() => {})
    }
    if (name === 'watch') connection.watch().catch(() => {})
  },
})

const close: Step = {
  name: 'close',
  take: async (model) => {
    model.close()
    await closeRedisClient()
  },
}

const wait = (ms: number): Step => ({
  name: `wait(${ms})`,
  take: async (model) => {
    model.wait(ms)
    await vi.advanceTimersByTimeAsync(ms)
  },
})

const which = fc.nat(40)
const anyStep = fc.oneof(
  { weight: 5, arbitrary: fc.integer({ min: 1, max: 15 }).map(borrow) },
  { weight: 8, arbitrary: which.map((number) => giveBack(number, 'returned')) },
  { weight: 3, arbitrary: which.map((number) => giveBack(number, 'threw')) },
  { weight: 2, arbitrary: which.map(leave) },
  {
    weight: 4,
    arbitrary: fc
      .tuple(fc.constantFrom('break', 'freeze', 'subscribe', 'select', 'watch'), which)
      .map(([name, number]) => happens(name, number)),
  },
  { weight: 3, arbitrary: fc.constantFrom(1, 999, 1_000, 4_999, 5_000, 29_999, 30_000).map(wait) },
  { weight: 1, arbitrary: fc.constant(close) },
)

function compare(model: Model, reality: Reality): void {
  const taken = model.borrowers.filter(({ state }) => state === 'has one')
  expect(reality.served, 'who was served, in order').toEqual(model.served)
  expect(
    [...reality.lent].map(([number, { number: connection }]) => [
      number,
      connection - reality.connections[0]!.number + 1,
    ]),
    'who has which connection',
  ).toEqual(taken.map(({ number, connection }) => [number, connection]))
  expect(reality.outcomes, 'what came of each').toEqual(model.borrowers.map(({ outcome }) => outcome))
  const open = reality.connections.flatMap(({ status }, index) => (status === 'ready' ? [index + 1] : []))
  expect(open, 'connections that are open').toEqual([...model.open].toSorted((one, other) => one - other))
  expect(open.length, 'connections open at once').toBeLessThanOrEqual(BOUND)
}

test('the pool is what its queue and its idle connections say, whatever happens in whatever order', async () => {
  const print = (step: Step) => step.name
  const steps = fc
    .array(anyStep, { maxLength: 60, size: 'max' })
    .map((all) => Object.assign(all, { [fc.toStringMethod]: () => all.map(print).join(' ') }))
  const property = fc
    .asyncProperty(fc.boolean(), steps, async (noted, all) => {
      const model = new Model(noted)
      const reality = new Reality(noted)
      for (const step of all) {
        await step.take(model, reality)
        // What follows from it at once, and a moment: no two things happen at the same time.
        await wait(1).take(model, reality)
        compare(model, reality)
      }
      await close.take(model, reality)
      for (const { number } of model.borrowers) reality.giveBack(number, 'returned')
      await vi.advanceTimersByTimeAsync(CLEANING)
      expect(vi.getTimerCount(), 'timers that go on').toBe(0)
    })
    .beforeEach(async () => {
      // One that failed leaves things as they were then.
      await closeRedisClient()
      vi.useRealTimers()
      vi.useFakeTimers()
    })
  await fc.assert(property, { numRuns: 200 })
}, 60_000)
