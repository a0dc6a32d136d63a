import processes from 'node:child_process'
import { syncBuiltinESMExports } from 'node:module'
import threads from 'node:worker_threads'

// Runs before each file of the quick tests. What would make them slow does not start here: tests within a test, a
// runner or a tool in a process of its own. Git may: it takes a few milliseconds.

class SlowError extends Error {
  override readonly name = 'SlowError'

  constructor(what: string) {
    super(`A quick test starts no ${what}: move it to a file named *.slow.test.ts`)
  }
}

for (const name of ['spawn', 'spawnSync', 'execFile', 'execFileSync', 'fork'] as const) {
  const start = processes[name]
  Object.assign(processes, {
    [name]: (program: string, ...more: readonly unknown[]) => {
      if (program !== 'git') throw new SlowError(`process (${program})`)
      return Reflect.apply(start, processes, [program, ...more])
    },
  })
}

Object.assign(threads, {
  Worker: function refused() {
    throw new SlowError('thread, and so no vitest')
  },
})

syncBuiltinESMExports()
