import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'

/** The recipes of docs/client.md, with the real frameworks: what `npm run recipes` runs. */
export default defineConfig({
  root: fileURLToPath(new URL('.', import.meta.url)),
  test: { include: ['*.test.ts'] },
})
