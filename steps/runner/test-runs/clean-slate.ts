import { EventEmitter } from 'node:events'
import { afterAll } from 'vitest'
import { lightenFake } from './faster/lighter-fake.ts'

// Runs before each test file of a proof. The proof runs many states of the course one after the other in the same
// worker, and what one state keeps in the process as a whole must not reach the next: a state of its own in a
// process of its own would be found clean.

const before = new Set(Reflect.ownKeys(globalThis))

afterAll(() => {
  for (const key of Reflect.ownKeys(globalThis)) {
    // Names are Node's and vitest's lazy globals; a registry of ours is a symbol.
    if (typeof key === 'symbol' && !before.has(key)) Reflect.deleteProperty(globalThis, key)
  }
})

// The fake's emitters are shared by all states in this worker, so many listeners are no leak here.
EventEmitter.defaultMaxListeners = 0

lightenFake()
