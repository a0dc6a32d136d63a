import { existsSync, watch } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { preview } from 'vite'
import { Refusal } from '../../steps/runner/system/refusal.ts'
import { build, built } from './build.ts'

// `npm run site` and `npm run site dev`, once the packages are there: steps/runner/tools/on-demand.ts begins here.

const root = process.env['TDD_COURSE_ROOT'] ?? fileURLToPath(new URL('../..', import.meta.url))

const seconds = (milliseconds: number) => (milliseconds / 1000).toFixed(1)

/** Whether it could be made; says so either way. */
async function made(): Promise<boolean> {
  const began = process.cpuUsage()
  const start = performance.now()
  try {
    const { pages } = await build(root)
    const { user, system } = process.cpuUsage(began)
    process.stdout.write(
      ` ✓ ${pages} pages in configs/site/built (${seconds(performance.now() - start)} s, ${seconds((user + system) / 1000)} s of processor time)\n`,
    )
    return true
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    process.stderr.write(`\n ✗ ${[error.message, ...error.next].join('\n   ')}\n\n`)
    return false
  }
}

const [word, ...more] = process.argv.slice(2)
const isKnown = (word === undefined || word === 'dev') && more.length === 0
if (!isKnown) {
  const came = process.argv.slice(2).join(' ')
  process.stderr.write(
    `\n ✗ Expected dev or nothing after npm run site, but this came: ${came}\n   Type: npm run site, or npm run site dev\n\n`,
  )
}
const isMade = isKnown && (await made())
// Set last of all: vitest sets the exit code when tests fail, which at a red they have to.
process.on('exit', () => (process.exitCode = isMade ? 0 : 1))
if (word === 'dev' && (isMade || existsSync(built))) {
  const server = await preview({
    root,
    configFile: false,
    appType: 'mpa',
    build: { outDir: built },
  })
  server.printUrls()
  let waiting: NodeJS.Timeout | undefined
  for (const name of ['steps', 'docs', 'README.md', 'configs/site']) {
    watch(join(root, name), { recursive: true }, (_, file) => {
      if (file?.startsWith('built') || file?.startsWith('node_modules')) return
      clearTimeout(waiting)
      waiting = setTimeout(() => void made(), 300)
    })
  }
}
