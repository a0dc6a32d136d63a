// Runs what needs other people's software, and installs that first when it is not there yet or has changed:
// `node configs/peers/start.mjs bench`, `node configs/peers/start.mjs test`.
import { spawnSync } from 'node:child_process'
import { copyFileSync, existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const folder = fileURLToPath(new URL('.', import.meta.url))
const repository = fileURLToPath(new URL('../..', import.meta.url))
const lock = join(folder, 'package-lock.json')
/** The lockfile that what is installed was installed from. */
const installed = join(folder, 'node_modules', '.installed-from.json')

/** @param {string[]} args what to run with node */
function run(args, where = repository) {
  const { status, error } = spawnSync(process.execPath, args, { cwd: where, stdio: 'inherit' })
  if (error) throw error
  if (status !== 0) process.exit(status ?? 1)
}

function install() {
  if (existsSync(installed) && readFileSync(installed, 'utf8') === readFileSync(lock, 'utf8')) return
  const npm = process.env['npm_execpath']
  if (npm === undefined) {
    process.stderr.write(
      'Start this with npm run bench:redis or npm run test:peers, or type first: npm ci --prefix configs/peers\n',
    )
    process.exit(1)
  }
  process.stdout.write(
    'Installing what the client is compared with and handed to, once: npm ci in configs/peers\n',
  )
  run([npm, 'ci', '--silent', '--ignore-scripts'], folder)
  copyFileSync(lock, installed)
}

const tool = (/** @type {string[]} */ ...path) => join(repository, 'node_modules', ...path)
const [what = '', ...rest] = process.argv.slice(2)

const ways = {
  bench: () =>
    run(['--import', 'jiti/register', '--expose-gc', join('configs', 'peers', 'bench', 'redis.ts'), ...rest]),
  test: () => {
    run([tool('typescript', 'bin', 'tsc'), '-p', folder])
    run([
      tool('vitest', 'vitest.mjs'),
      'run',
      '--config',
      join('configs', 'peers', 'vitest.config.ts'),
      ...rest,
    ])
  },
}

if (!(what in ways)) {
  process.stderr.write(`Expected one of ${Object.keys(ways).join(', ')}; came ${JSON.stringify(what)}\n`)
  process.exit(1)
}
install()
ways[/** @type {keyof typeof ways} */ (what)]()
