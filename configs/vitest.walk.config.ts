import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'

/** The whole course, step by step as a learner walks it: what `npm run test:walk` runs, in about three minutes. */
export default defineConfig({
  root: fileURLToPath(new URL('..', import.meta.url)),
  test: {
    include: ['steps/runner/**/*.walk.ts'],
    testTimeout: 1_200_000,
  },
})
