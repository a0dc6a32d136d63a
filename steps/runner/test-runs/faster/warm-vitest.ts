import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { Worker } from 'node:worker_threads'
import type { PoolOptions, PoolRunnerInitializer, PoolWorker, Vitest, WorkerRequest } from 'vitest/node'
import { start, type Started, type TestRun } from '../run-tests.ts'
import type { TestResults } from '../test-results.ts'
import { readTree } from '../../course/read-tree.ts'

/** Vitest, started and waiting: who runs tests again and again need not wait for its start each time. */
export interface StandingTests extends AsyncDisposable {
  /** Runs test files, all of them as they and what they import are on the disk now. One run at a time. */
  run(...asked: Parameters<Started['run']>): Promise<TestResults>
  /** Gets workers ready for the next runs, to be called when there is time for it. */
  warmUp(): void
}

export async function standBy(trial: Omit<TestRun, 'files' | 'states'>): Promise<StandingTests> {
  const workers = new ReadyWorkers((trial.threads ?? 1) + 1, () => packagesNamedIn(trial.root))
  const tests = await start(trial, workers)
  const forgetChanges = memoryOf(tests.vitest, trial.root)
  return {
    run: (...asked) => {
      forgetChanges()
      return tests.run(...asked)
    },
    warmUp: () => workers.fill(),
    async [Symbol.asyncDispose]() {
      await tests[Symbol.asyncDispose]()
      await workers.close()
    },
  }
}

/**
 * What vitest has transformed it need not transform again, as long as the file is what it was. Answers with a function
 * that makes it forget the others. Bytes are compared, because two saves may well carry the same time.
 */
function memoryOf({ vite }: Vitest, root: string): () => void {
  const graphs = Object.values(vite.environments).map(({ moduleGraph }) => moduleGraph)
  let paths = ''
  let before = new Map<string, Buffer | null>()
  return () => {
    const { files } = readTree(root)
    const loaded = graphs.flatMap(({ fileToModulesMap }) => [...fileToModulesMap.keys()])
    const now = new Map([
      ...loaded.map((disk) => [disk, bytesOf(disk)] as const),
      ...Array.from(files, ([path, bytes]) => [slashed(join(root, path)), bytes] as const),
    ])
    const pathsNow = [...files.keys()].join('\0')
    for (const graph of graphs) {
      // Where files came or went, another one may be meant by the same import.
      if (pathsNow !== paths) graph.invalidateAll()
      for (const disk of loaded) {
        const [was, is] = [before.get(disk), now.get(disk)]
        if (!was || !is?.equals(was)) graph.onFileChange(disk)
      }
    }
    paths = pathsNow
    before = now
  }
}

/** What the tests will ask for that takes long to load. */
function packagesNamedIn(root: string): readonly string[] {
  const files = [...readTree(root).files.values()]
  return ['ioredis', 'ioredis-mock'].filter((name) => files.some((bytes) => bytes.includes(`'${name}'`)))
}

const slashed = (disk: string) => disk.replaceAll('\\', '/')

function bytesOf(disk: string): Buffer | null {
  try {
    return readFileSync(disk)
  } catch {
    return null
  }
}

const entry = fileURLToPath(new URL('warm-worker.mjs', import.meta.url))

/** Worker threads that have been started before they are needed. Each is used for one run only. */
class ReadyWorkers implements PoolRunnerInitializer {
  readonly name = 'ready'
  #spare: Worker[] = []
  #options: PoolOptions | null = null
  readonly #most: number
  readonly #packages: () => readonly string[]

  constructor(most: number, packages: () => readonly string[]) {
    this.#most = most
    this.#packages = packages
  }

  createPoolWorker(options: PoolOptions): PoolWorker {
    this.#options = options
    return new ReadyWorker(() => this.#spare.shift() ?? this.#start(options))
  }

  /** Not before the first run, which tells what environment variables vitest gives to its workers. */
  fill(): void {
    while (this.#options && this.#spare.length < this.#most) this.#spare.push(this.#start(this.#options))
  }

  async close(): Promise<void> {
    await Promise.all(this.#spare.splice(0).map((worker) => worker.terminate()))
  }

  #start({ env, execArgv }: PoolOptions): Worker {
    const worker = new Worker(entry, {
      workerData: this.#packages(),
      env,
      execArgv,
      stdout: true,
      stderr: true,
    })
    worker.stdout.resume()
    worker.stderr.resume()
    // A worker that breaks while it waits is dropped; the next one that a test needs reports why.
    worker.on('error', () => (this.#spare = this.#spare.filter((one) => one !== worker)))
    return worker
  }
}

class ReadyWorker implements PoolWorker {
  readonly name = 'ready'
  readonly #take: () => Worker
  #worker: Worker | undefined

  constructor(take: () => Worker) {
    this.#take = take
  }

  async start(): Promise<void> {
    this.#worker ??= this.#take()
  }

  async stop(): Promise<void> {
    await this.#worker?.terminate()
  }

  on(event: string, callback: (message: unknown) => void): void {
    this.#worker?.on(event, callback)
  }

  off(event: string, callback: (message: unknown) => void): void {
    this.#worker?.off(event, callback)
  }

  send(message: WorkerRequest): void {
    this.#worker?.postMessage(message)
  }

  deserialize(message: unknown): unknown {
    return message
  }
}
