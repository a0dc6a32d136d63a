import { availableParallelism } from 'node:os'
import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'

/**
 * The tests of the course's own machinery: `npm run test:runner` runs all, `npm run test:quick` those that start neither
 * a vitest nor a process but git. The others have names that end with `.slow.test.ts`.
 */
export default defineConfig({
  root: fileURLToPath(new URL('..', import.meta.url)),
  test: {
    setupFiles: ['steps/runner/testkit/bare-environment.ts'],
    // By default vitest leaves a core to itself, which these leave idle: they wait for processes.
    maxWorkers: availableParallelism(),
    // A process and one graph of modules a worker: most files need the same ones, and take longer to load them than to run.
    isolate: false,
    unstubEnvs: true,
    // For a test that hangs, so that it is named. However busy the machine: none that works comes near it.
    testTimeout: 600_000,
    hookTimeout: 600_000,
    projects: [
      {
        extends: true,
        test: {
          name: 'quick',
          include: ['steps/runner/**/*.test.ts'],
          exclude: ['steps/runner/**/*.slow.test.ts'],
          setupFiles: ['steps/runner/testkit/quick.ts'],
        },
      },
      {
        extends: true,
        test: { name: 'slow', include: ['steps/runner/**/*.slow.test.ts'] },
      },
    ],
  },
})
