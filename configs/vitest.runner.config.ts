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
    // For a test that hangs, so that it is named. However busy the machine: none that works comes near it.
    testTimeout: 600_000,
    hookTimeout: 600_000,
  },
})
