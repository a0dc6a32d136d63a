import { existsSync, readFileSync, statfsSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'

/** Where Linux keeps files in memory, when there is room for all that the tests write, and programs may run there. */
function inMemory(): string | undefined {
  const [folder, mounts] = ['/dev/shm', '/proc/mounts']
  const mount = existsSync(mounts) ? readFileSync(mounts, 'utf8').split('\n') : []
  if (!mount.some((line) => line.includes(` ${folder} `) && !line.includes('noexec'))) return undefined
  const { bavail, bsize } = statfsSync(folder)
  return bavail * bsize > 2 ** 31 ? folder : undefined
}

// A throw-away course is some hundred small files: to make and to delete them takes longer than most tests, on a disk.
const TMPDIR = process.env['TMPDIR'] ?? inMemory()

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
    ...(TMPDIR !== undefined && { env: { TMPDIR } }),
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
        test: {
          name: 'slow',
          include: ['steps/runner/**/*.slow.test.ts'],
          setupFiles: ['steps/runner/testkit/slow.ts'],
        },
      },
    ],
  },
})
