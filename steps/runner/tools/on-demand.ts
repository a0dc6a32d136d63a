import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { installOnDemand } from '../system/install-on-demand.ts'
import { entryOf } from '../system/run-tool.ts'

// `npm run test:peers`, `bench:redis`, `bench:cache`, `recipes`, `site` and `workflows`: what needs other people's
// software, which is installed first, into a folder below configs/, when it is not there yet or has changed.

const repository = fileURLToPath(new URL('../../..', import.meta.url))
const at = (folder: string) => join(repository, 'configs', folder)

const runs = (...args: readonly string[]) =>
  spawnSync(process.execPath, args, { cwd: repository, stdio: 'inherit' }).status === 0

const measures = (path: string, words: readonly string[]) =>
  runs('--import', 'jiti/register', '--expose-gc', path, ...words)

const checksAndTests = (folder: string, words: readonly string[]) =>
  runs(entryOf('typescript'), '-p', at(folder)) &&
  runs(entryOf('vitest'), 'run', '--config', join(at(folder), 'vitest.config.ts'), ...words)

const makeSite = (words: readonly string[]) =>
  runs('--import', 'jiti/register', join(at('site'), 'main.ts'), ...words)

interface Way {
  /** Below `configs/`. */
  readonly folder: string
  readonly run: (words: readonly string[]) => boolean
}

const ways: Readonly<Record<string, Way>> = {
  'test:peers': { folder: 'peers', run: (words) => checksAndTests('peers', words) },
  'bench:redis': { folder: 'peers', run: (words) => measures(join(at('peers'), 'bench', 'redis.ts'), words) },
  'bench:cache': {
    folder: 'cache-bench',
    run: (words) =>
      runs(entryOf('typescript'), '-p', at('cache-bench')) &&
      measures(join(at('cache-bench'), 'bench.ts'), words),
  },
  // The code that docs/ and the README show, with the frameworks it is for.
  recipes: { folder: 'recipes', run: (words) => checksAndTests('recipes', words) },
  site: { folder: 'site', run: makeSite },
  'test:site': { folder: 'site', run: (words) => makeSite([]) && checksAndTests('site', words) },
  // Whether the workflows are what GitHub expects. What they have to be besides is in workflows.test.ts.
  workflows: {
    folder: 'actionlint',
    run: () =>
      runs(
        join(at('actionlint'), 'node_modules', '@tktco', 'node-actionlint', 'bin', 'node-actionlint.js'),
        '.github/workflows/*.yml',
      ),
  },
}

const [name = '', ...words] = process.argv.slice(2)
const way = ways[name]
const refuse = (why: string) => {
  process.stderr.write(`\n ✗ ${why}\n\n`)
  process.exitCode = 1
}
if (!way) refuse(`Expected one of ${Object.keys(ways).join(', ')}; came ${JSON.stringify(name)}.`)
else if (!installOnDemand(at(way.folder))) {
  refuse(`configs/${way.folder} could not be installed; npm says why above.`)
} else if (!way.run(words)) process.exitCode = 1
