import { availableParallelism } from 'node:os'
import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'

/** The tests of the course's own machinery: what `npm run test:runner` runs. */
export default defineConfig({
  root: fileURLToPath(new URL('..', import.meta.url)),
  test: {
    include: ['steps/runner/**/*.test.ts'],
    setupFiles: ['steps/runner/testkit/bare-environment.ts'],
    // By default vitest leaves a core to itself, which these leave idle: they wait for processes.
    maxWorkers: availableParallelism(),
    // Most of these start the runner as a process of its own, in a throw-away course: give them time, not sleep.
    testTimeout: 30_000,
  },
})
