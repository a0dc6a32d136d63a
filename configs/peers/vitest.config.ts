import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'

/** The client in the hands of software that other people wrote: what `npm run test:peers` runs. */
export default defineConfig({
  root: fileURLToPath(new URL('../..', import.meta.url)),
  test: { include: ['configs/peers/*.spec.ts'], testTimeout: 30_000, hookTimeout: 30_000 },
})
