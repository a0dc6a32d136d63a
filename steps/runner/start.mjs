// The entry of `npm run step`. Plain JavaScript and nothing but Node's own modules up to the point where both the
// Node version and the installed packages are known to be there: everything after it is TypeScript, run through jiti.
import { existsSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, isAbsolute, join, sep } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'

const repository = dirname(dirname(dirname(fileURLToPath(import.meta.url))))

/** @param {string[]} lines */
function refuse(...lines) {
  process.stderr.write(`\n${lines.map((line) => ` ${line}`).join('\n')}\n\n`)
  ended(1)
}

/** @returns {string} such as "20.19" */
function nodeWanted() {
  const { engines } = JSON.parse(readFileSync(join(repository, 'package.json'), 'utf8'))
  return engines.node.replace('>=', '')
}

function nodeIsTooOld() {
  const [major, minor] = process.versions.node.split('.').map(Number)
  const [wantedMajor, wantedMinor] = nodeWanted().split('.').map(Number)
  return major < wantedMajor || (major === wantedMajor && minor < wantedMinor)
}

/** Exit code. Until a command has answered with its own it has failed, whatever ends the process. */
let status = 1
// Set once more, last of all: vitest sets the process's exit code when tests fail, which is our subject, and what it
// has set must not hide that we failed.
process.on('exit', () => {
  if (status !== 0) process.exitCode = status
})

/** @param {number} code */
function ended(code) {
  status = code
  process.exitCode = code
}

async function start() {
  // Who reads our output may stop reading (`| head`). That is no fault, and no success of ours either: what has to be
  // found out is found out, and told by the exit code.
  for (const stream of [process.stdout, process.stderr]) {
    stream.on('error', (error) => {
      if (error.code !== 'EPIPE') process.exit(1)
    })
  }

  if (nodeIsTooOld()) {
    refuse(
      `✗ This course needs Node ${nodeWanted()} or later; this is Node ${process.versions.node}.`,
      'Install a current one from https://nodejs.org, then type the same again.',
    )
    return
  }
  const unfit = (sep === '/' ? /[#?\\]/ : /[#]/).exec(repository)
  if (unfit) {
    refuse(
      `✗ The course does not work in a folder with a ${unfit[0]} in its path:`,
      `  ${repository}`,
      'Node, or vite, takes that for something else. Move or rename the folder, then',
      'type the same again.',
    )
    return
  }
  const jiti = join(repository, 'node_modules', 'jiti', 'dist', 'jiti.cjs')
  if (!existsSync(jiti)) {
    // Only what the client itself needs: `npm ci --omit=dev`, or NODE_ENV=production.
    const withoutDev = existsSync(join(repository, 'node_modules', 'ioredis'))
    refuse(
      withoutDev
        ? "✗ The course's packages are installed without those for development."
        : "✗ The course's packages are not installed yet.",
      `Type this first: npm ci${withoutDev ? ' --include=dev' : ''}`,
    )
    return
  }
  const require = createRequire(import.meta.url)
  // What jiti's own entry does, but for `nativeImport`: that gives Node a path for a url, which a % makes a wrong one.
  const { main } = await require(jiti)(
    import.meta.url,
    {
      fsCache: join(repository, 'node_modules', '.cache', 'course-runner'),
      interopDefault: false,
      // Published as ES modules: Node loads them itself, faster than jiti could.
      nativeModules: ['js-yaml', 'vitest', 'vite', 'markdown-it'],
      transform: (...args) => require(join(dirname(jiti), 'babel.cjs'))(...args),
    },
    {
      onError(error) {
        throw error
      },
      nativeImport: (id) => import(isAbsolute(id) ? pathToFileURL(id).href : id),
      createRequire,
    },
  ).import('./cli.ts')
  // The runner's own tests walk throw-away courses.
  ended(await main(process.argv.slice(2), process.env.TDD_COURSE_ROOT ?? repository))
}

await start()
