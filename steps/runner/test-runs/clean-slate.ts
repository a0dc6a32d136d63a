import { EventEmitter } from 'node:events'
import { afterAll, expect, inject } from 'vitest'
import { clear, clearAndTell, stopWatching, watchOver } from './leftovers.ts'

// Runs before each test file of a proof. The proof runs many states of the course one after the other in the same
// worker, and what one state keeps in the process as a whole must not reach the next: a state of its own in a
// process of its own would be found clean.

// To load the fake takes longer than to run the tests of a small state.
if (inject('needsFake')) (await import('./faster/lighter-fake.ts')).lightenFake()

const before = new Set(Reflect.ownKeys(globalThis))

const path = expect.getState().testPath ?? ''
/** The folder of the state. */
const folder = path.slice(0, path.lastIndexOf('/test/') + 1)

// A state whose last file another worker ran.
const worker = globalThis as { lastFolder?: string }
if (worker.lastFolder !== folder) clear()
worker.lastFolder = folder
watchOver()

// oxlint-disable-next-line no-empty-pattern -- Vitest reads the names of fixtures off it, and wants a pattern.
afterAll(async ({}, { meta }) => {
  if (inject('lastOfStates').some((file) => path.endsWith(`/${file}`))) {
    meta.leftovers = await clearAndTell(folder)
  }
  stopWatching()
  for (const key of Reflect.ownKeys(globalThis)) {
    // Names are Node's and vitest's lazy globals; a registry of ours is a symbol.
    if (typeof key === 'symbol' && !before.has(key)) Reflect.deleteProperty(globalThis, key)
  }
})

// The fake's emitters are shared by all states in this worker, so many listeners are no leak here.
EventEmitter.defaultMaxListeners = 0

declare module 'vitest' {
  interface ProvidedContext {
    /** The last test file of each state, from the root. */
    lastOfStates: readonly string[]
    /** Whether some state names ioredis-mock. */
    needsFake: boolean
  }
  interface TaskMeta {
    /** What the tests of a state left behind: said by the last of its files. */
    leftovers?: readonly string[]
  }
}
