import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { installOnDemand } from '../system/install-on-demand.ts'
import { entryOf } from '../system/run-tool.ts'

// `npm run test:peers` and `npm run bench:redis`: what needs other people's software, which is installed first when it
// is not there yet or has changed.

const repository = fileURLToPath(new URL('../../..', import.meta.url))
const folder = join(repository, 'configs', 'peers')

const runs = (...args: readonly string[]) =>
  spawnSync(process.execPath, args, { cwd: repository, stdio: 'inherit' }).status === 0

const ways: Readonly<Record<string, (words: readonly string[]) => boolean>> = {
  test: (words) =>
    runs(entryOf('typescript'), '-p', folder) &&
    runs(entryOf('vitest'), 'run', '--config', join(folder, 'vitest.config.ts'), ...words),
  bench: (words) =>
    runs('--import', 'jiti/register', '--expose-gc', join(folder, 'bench', 'redis.ts'), ...words),
}

const [way = '', ...words] = process.argv.slice(2)
const run = ways[way]
if (run === undefined) {
  process.stderr.write(
    `\n ✗ Expected one of ${Object.keys(ways).join(', ')}; came ${JSON.stringify(way)}.\n   Type: npm run test:peers, or npm run bench:redis\n\n`,
  )
  process.exitCode = 1
} else if (!installOnDemand(folder)) {
  process.stderr.write('\n ✗ The peers could not be installed into configs/peers; npm says why above.\n\n')
  process.exitCode = 1
} else if (!run(words)) process.exitCode = 1
