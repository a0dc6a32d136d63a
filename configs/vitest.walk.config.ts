import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'

/** The whole course, step by step as a learner walks it: `npm run test:walk`. Half an hour on two busy cores. */
export default defineConfig({
  root: fileURLToPath(new URL('..', import.meta.url)),
  test: {
    include: ['steps/runner/**/*.walk.ts'],
    // Only so that a walk which hangs ends at some time: no machine is too slow for the course.
    testTimeout: 7_200_000,
  },
})
