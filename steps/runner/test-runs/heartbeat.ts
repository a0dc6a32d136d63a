import { setInterval } from 'node:timers'
import { getEnvironmentData, threadId } from 'node:worker_threads'
import { beatKey } from './endless.ts'

// Runs before each test file, in the worker: as long as its event loop turns it counts on, which the main thread sees.

const beats = getEnvironmentData(beatKey) as SharedArrayBuffer | undefined
const worker = globalThis as { beating?: boolean }

if (beats && !worker.beating) {
  worker.beating = true
  const counts = new Int32Array(beats)
  const beat = () => Atomics.add(counts, threadId % counts.length, 1)
  beat()
  setInterval(beat, 100).unref()
}
