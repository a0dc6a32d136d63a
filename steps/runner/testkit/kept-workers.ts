import {
  ThreadsPoolWorker,
  type PoolOptions,
  type PoolRunnerInitializer,
  type PoolWorker,
  type WorkerRequest,
} from 'vitest/node'

// To start a worker takes five times as long as to run the tests of a temporary course in it. So the slow tests run them
// in workers that are kept, as a vitest does from one test file to the next.

interface Kept {
  readonly worker: PoolWorker
  /** How it was started. */
  readonly key: string
  runs: number
  /** The files of the modules that its last run has loaded: the next one loads them again. */
  loaded: readonly string[]
}

/** Workers that are not in use, the one that was in use last at the end. */
const waiting: Kept[] = []
const mostThatWait = 4

/** Each run leaves a listener and its modules in the worker. */
const mostRuns = 50

type Listener = Parameters<PoolWorker['on']>

class KeptWorker implements PoolWorker {
  readonly name = 'kept'
  readonly #options: PoolOptions
  readonly #key: string
  readonly #listeners: Listener[] = []
  #kept: Kept | undefined
  /** Whether it has been asked to stop: vitest does not ask one that it has to end. */
  #asked = false

  constructor(options: PoolOptions) {
    this.#options = options
    // Where coverage has been measured once, V8 goes on counting.
    const { enabled } = options.project.vitest.config.coverage
    this.#key = JSON.stringify([enabled, options.env, options.execArgv])
  }

  get #started(): Kept {
    if (!this.#kept) throw new Error('The worker has not been started.')
    return this.#kept
  }

  async start(): Promise<void> {
    const index = waiting.findLastIndex(({ key }) => key === this.#key)
    this.#kept = waiting.splice(index, index === -1 ? 0 : 1)[0]
    if (this.#kept) return
    const worker = new ThreadsPoolWorker(this.#options)
    await worker.start()
    this.#kept = { worker, key: this.#key, runs: 0, loaded: [] }
  }

  on(...[event, callback]: Listener): void {
    this.#listeners.push([event, callback])
    this.#started.worker.on(event, callback)
  }

  off(event: string, callback: Listener[1]): void {
    this.#started.worker.off(event, callback)
  }

  send(message: WorkerRequest): void {
    if (message.type === 'stop') {
      this.#asked = true
      for (const [event, callback] of this.#listeners) {
        if (event === 'message') callback({ __vitest_worker_response__: true, type: 'stopped' })
      }
      return
    }
    if (message.type === 'run') message.context.invalidates = [...this.#started.loaded]
    this.#started.worker.send(message)
  }

  async stop(): Promise<void> {
    const kept = this.#started
    const { vite, vitest } = this.#options.project
    for (const [event, callback] of this.#listeners) kept.worker.off(event, callback)
    kept.runs += 1
    kept.loaded = Object.values(vite.environments).flatMap(({ moduleGraph }) =>
      Array.from(moduleGraph.fileToModulesMap.keys()),
    )
    // An error that no test caught may come again.
    const isSound = this.#asked && vitest.state.getUnhandledErrors().length === 0
    const gone = isSound && kept.runs < mostRuns ? keep(kept) : kept
    await gone?.worker.stop()
  }

  deserialize(data: unknown): unknown {
    return data
  }
}

/** Answers with the one that has to go for it. */
function keep(kept: Kept): Kept | undefined {
  waiting.push(kept)
  return waiting.length > mostThatWait ? waiting.shift() : undefined
}

/** Where vitest gets its workers. Those that are for one test file each are not kept. */
export const keptWorkers: PoolRunnerInitializer = {
  name: 'kept',
  createPoolWorker: (options) =>
    options.project.config.isolate ? new ThreadsPoolWorker(options) : new KeptWorker(options),
}
