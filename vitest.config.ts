import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'

// Vite and Vitest choose between a package's builds for production and for development by what their caller had set.
process.env['NODE_ENV'] = 'test'

/** The seven behaviours and the cache: what `npm test` and a bare `npx vitest` run, and what the gate runs with coverage. */
export default defineConfig({
  root: fileURLToPath(new URL('.', import.meta.url)),
  test: {
    include: ['test/**/*.test.ts'],
    setupFiles: [fileURLToPath(new URL('configs/test-environment.ts', import.meta.url))],
    // One process, one module graph a worker: three times faster here than a process a file. Tests therefore clean
    // up after themselves; a test that leaks is found out by its neighbours.
    pool: 'threads',
    isolate: false,
    // A test says itself what it expects, and all of them run, here as in CI.
    update: 'none',
    allowOnly: false,
    coverage: {
      provider: 'v8',
      include: ['src/**/*.ts'],
      reportsDirectory: 'coverage',
      reporter: ['text', 'html', 'lcov', 'json-summary'],
      // The gate. Each line earned by a test, at every step; never lowered.
      thresholds: { 100: true },
    },
  },
})
