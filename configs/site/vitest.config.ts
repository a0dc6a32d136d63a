import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'

/** The site in a real browser: what `npm run test:site` runs, once the site is made. */
export default defineConfig({
  root: fileURLToPath(new URL('.', import.meta.url)),
  test: {
    include: ['*.test.ts'],
    // For a test that hangs, so that it is named.
    testTimeout: 600_000,
    hookTimeout: 600_000,
  },
})
