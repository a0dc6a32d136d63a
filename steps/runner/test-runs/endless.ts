import { setEnvironmentData, type Worker } from 'node:worker_threads'

/** Under this name workers find where to count the turns of their event loop. */
export const beatKey = 'course: turns of the event loop'

const counts = new Int32Array(new SharedArrayBuffer(4 * 4096))

/** How often to look, in milliseconds. */
const glance = 250

interface Seen {
  /** Where it counts. */
  readonly id: number
  readonly longest: number
  /** How far the worker had counted. */
  readonly count: number
  /** Processor time of the whole process then, in seconds. */
  readonly at: number
}

const processorTime = () => {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1e6
}

/**
 * From here on ends workers that are busy without a turn of their event loop, as code is that does not come to an end: no time-out
 * can act in it. Processor time counts and not the clock, so that a machine with much else to do makes no
 * difference. Node 20 knows it only for the process as a whole: a worker has had its share when the process has had so
 * much for each of its threads.
 *
 * @param longestTurn processor time that a worker that comes now may take for one turn, in seconds
 */
export function endEndlessWorkers(longestTurn: number): void {
  longest = longestTurn
  if (watching) return
  watching = true
  setEnvironmentData(beatKey, counts.buffer as SharedArrayBuffer)
  const seen = new Map<Worker, Seen>()
  const arrive = (worker: Worker) => {
    const id = worker.threadId % counts.length
    Atomics.store(counts, id, 0)
    seen.set(worker, { id, longest, count: 0, at: processorTime() })
    worker.once('exit', () => seen.delete(worker))
  }
  const look = () => {
    const now = processorTime()
    for (const [worker, was] of seen) {
      const { id, count, at } = was
      const current = Atomics.load(counts, id)
      // One that does not count yet has not come to a test file.
      if (current === 0 || current !== count) seen.set(worker, { ...was, count: current, at: now })
      else if (now - at > was.longest * (seen.size + 1)) {
        seen.delete(worker)
        void worker.terminate()
      }
    }
  }
  process.on('worker', arrive)
  setInterval(look, glance).unref()
}

let watching = false
let longest = Infinity
