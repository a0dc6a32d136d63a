import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'

/** On a real Redis: the seven behaviours and the cache as they are, and what only a real server can show. */
export default defineConfig({
  root: fileURLToPath(new URL('..', import.meta.url)),
  test: {
    projects: [
      {
        extends: true,
        test: {
          name: 'behaviours',
          pool: 'threads',
          include: ['test/*.test.ts'],
          globalSetup: ['test/redis/where.ts'],
          setupFiles: ['test/redis/real.ts', 'test/redis/clock.ts'],
          // To move the clock of the server starts a process.
          testTimeout: 60_000,
          sequence: { groupOrder: 0 },
        },
      },
      {
        extends: true,
        test: {
          name: 'cache',
          include: ['test/cache/**/*.test.ts'],
          globalSetup: ['test/redis/where.ts'],
          setupFiles: ['test/redis/real.ts', 'test/redis/clock.ts'],
          // One after another: what moves its clock by an hour moves it for all keys. Each move starts a process.
          maxWorkers: 1,
          testTimeout: 60_000,
          sequence: { groupOrder: 3 },
        },
      },
      {
        extends: true,
        test: {
          name: 'model',
          include: ['test/model/**/*.spec.ts'],
          sequence: { groupOrder: 1 },
        },
      },
      {
        extends: true,
        test: {
          name: 'redis',
          include: ['test/redis/**/*.spec.ts', 'configs/recipes/*.spec.ts'],
          maxConcurrency: 6,
          // These start servers and processes, twenty at once, and wait for them: on a busy machine, for long.
          testTimeout: 180_000,
          hookTimeout: 180_000,
          sequence: { groupOrder: 2 },
        },
      },
    ],
  },
})
