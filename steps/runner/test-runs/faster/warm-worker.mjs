import { parentPort, workerData } from 'node:worker_threads'
import { init, runBaseTests, setupEnvironment } from 'vitest/worker'

// A worker thread for vitest that has loaded what the tests will ask for, and has not run any of them. What cannot be
// loaded is no matter here: the test that asks for it says so.
await Promise.allSettled(['vitest', ...workerData].map((name) => import(name)))

init({
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- That is for windows; this is a thread.
  post: (response) => parentPort?.postMessage(response),
  on: (callback) => parentPort?.on('message', callback),
  off: (callback) => parentPort?.off('message', callback),
  teardown: () => parentPort?.removeAllListeners('message'),
  runTests: (state, traces) => runBaseTests('run', state, traces),
  collectTests: (state, traces) => runBaseTests('collect', state, traces),
  setup: setupEnvironment,
})
