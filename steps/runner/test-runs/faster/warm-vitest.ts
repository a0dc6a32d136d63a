import type { PoolOptions, PoolWorker } from 'vitest/node'
import { readTree } from '../../course/read-tree.ts'
import { finishAll } from '../../system/finish-all.ts'
import { start, type Started } from '../run-tests.ts'

/** Vitest, started and waiting: the first tests after a save need not wait for its start each time. */
export interface StandingTests extends AsyncDisposable, Pick<Started, 'run'> {
  /** Gets a worker ready for the next run, to be called when there is time for it. */
  warmUp(): void
}

/** Runs test files of this folder, as they and what they import are on the disk then. Measures nothing. */
export async function standBy(root: string): Promise<StandingTests> {
  const { ThreadsPoolWorker } = await import('vitest/node')
  /** Known from the first run on, which tells what environment variables vitest gives to its workers. */
  let known: PoolOptions | null = null
  /** Worker threads that have been started before they are needed. Each is used for one run only. */
  let ready: PoolWorker[] = []
  const tests = await start(
    { root, threads: 1 },
    {
      name: 'ready',
      createPoolWorker: (options) => ready.shift() ?? new ThreadsPoolWorker((known = options)),
    },
  )
  const graphs = Object.values(tests.vitest.vite.environments).map(({ moduleGraph }) => moduleGraph)
  return {
    run(...asked) {
      // Two saves may well carry the same time, and where files came or went, another one may be meant by an import.
      for (const graph of graphs) graph.invalidateAll()
      return tests.run(...asked)
    },
    warmUp() {
      if (!known || ready.length > 0) return
      const worker = new ThreadsPoolWorker({ ...known, execArgv: [...known.execArgv, ...loading(root)] })
      void worker.start()
      // One that breaks while it waits is dropped; the next one that a test needs reports why.
      worker.on('error', () => (ready = []))
      ready.push(worker)
    },
    async [Symbol.asyncDispose]() {
      await tests[Symbol.asyncDispose]()
      await finishAll(ready.splice(0).map((worker) => worker.stop()))
    },
  }
}

/** Options for Node that load what the tests will ask for and takes long to load. */
function loading(root: string): readonly string[] {
  const files = [...readTree(root).files.values()]
  const named = ['ioredis', 'ioredis-mock'].filter((name) =>
    files.some((bytes) => bytes.includes(`'${name}'`)),
  )
  return named.flatMap((name) => ['--require', name])
}
