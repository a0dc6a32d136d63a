import { cpSync, linkSync, mkdirSync, readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { words } from './terminal/words.ts'
import { ThrowawayCourse } from './testkit/throwaway-course.ts'

const start = fileURLToPath(new URL('start.mjs', import.meta.url))
const repository = fileURLToPath(new URL('../..', import.meta.url))
const settings = ['vitest.config.ts', 'configs/test-environment.ts']
const packageFile = fileURLToPath(new URL('../../package.json', import.meta.url))

/** Options for Node that run this before anything else. */
const preload = (code: string) => ['--import', `data:text/javascript,${encodeURIComponent(code)}`]

/** A clone in which nothing was installed yet. */
let there: ThrowawayCourse
beforeEach(() => {
  there = new ThrowawayCourse()
  there.deletes('node_modules')
  cpSync(start, there.path('steps/runner/start.mjs'))
  cpSync(packageFile, there.path('package.json'))
})
afterEach(() => there[Symbol.dispose]())

test('without the packages it says what to type first', () => {
  expect(there.process({ start: 'steps/runner/start.mjs' })).toRefuse(
    'packages are not installed yet',
    'Type this first: npm ci',
  )
})

test.each(process.platform === 'win32' ? ['#'] : ['#', '?'])(
  'in a folder with a %s in its path it says so, and not that packages are missing',
  (sign) => {
    using here = new ThrowawayCourse(undefined, `a${sign}b`)
    cpSync(start, here.path('steps/runner/start.mjs'))
    cpSync(packageFile, here.path('package.json'))
    expect(here.process({ start: here.path('steps/runner/start.mjs') })).toRefuse(
      `The course does not work in a folder with a ${sign} in its path`,
      'Move or rename the folder',
    )
  },
)

test('in a folder with a % in its path it works, also when its packages lie there', () => {
  using here = new ThrowawayCourse(undefined, '100% mine')
  here.deletes('node_modules')
  for (const name of ['steps/runner', ...settings]) {
    cpSync(join(repository, name), here.path(name), { recursive: true })
  }
  linkFiles(join(repository, 'node_modules'), here.path('node_modules'))
  here.types({ 'package.json': readFileSync(packageFile, 'utf8') })
  expect(here.process({ words: ['2'], start: here.path('steps/runner/start.mjs') })).toSay(
    'Verdict ✓ green, as it should be',
  )
})

/** Gives a folder the same files, but for those that are kept there to be faster. */
function linkFiles(from: string, to: string): void {
  mkdirSync(to, { recursive: true })
  for (const entry of readdirSync(from, { withFileTypes: true })) {
    const [one, other] = [join(from, entry.name), join(to, entry.name)]
    if (entry.isDirectory() && !entry.name.startsWith('.')) linkFiles(one, other)
    else if (entry.isFile()) {
      try {
        linkSync(one, other)
      } catch {
        cpSync(one, other) // The folder for temporary files is on another disk.
      }
    }
  }
}

test('with packages that leave out those for development it says so', () => {
  there.types({ 'node_modules/ioredis/package.json': '{}' })
  expect(there.process({ start: 'steps/runner/start.mjs' })).toRefuse(
    'installed without those for development',
    'Type this first: npm ci --include=dev',
  )
})

test('with an old Node it says which one is needed', () => {
  const old =
    'Object.defineProperty(process, "versions", { value: { ...process.versions, node: "20.18.3" } })'
  expect(
    there.process({
      start: 'steps/runner/start.mjs',
      node: preload(old),
    }),
  ).toRefuse('This course needs Node 20.19 or later; this is Node 20.18.3.', 'https://nodejs.org')
})

test.each([
  ['what still ran sets the exit code', 'process.on("beforeExit", () => { process.exitCode = 0 })'],
  ['the process is ended before it has answered', 'process.stderr.write = () => process.exit(0)'],
])('a command that fails exits with 1, also when %s', (_, code) => {
  using sound = new ThrowawayCourse()
  expect(sound.process({ words: ['nonsense'], node: preload(code) }).status).toBe(1)
})

test('a command that succeeds exits with 0, though tests failed, as they have to at a red', () => {
  using sound = new ThrowawayCourse()
  expect(sound.process({ words: ['4'] })).toSay('as it should be: "negates" fails')
})

/**
 * What is typed of each word, for a process of its own to do it to the end. The others are started as processes by
 * clean-up.slow.test.ts, and watch by watch.slow.test.ts.
 */
const typed: Readonly<Record<string, readonly string[]>> = {
  last: [],
  hint: [],
  list: [],
  at: ['2'],
  chapter: ['2'],
  lesson: [],
  reset: [],
  skip: [],
  diff: ['3'],
  saves: [],
  doctor: [],
  help: [],
  progress: [],
  insert: ['4', 'halves'],
  remove: ['4'],
  history: ['course.git'],
  coverage: [],
}
// What move, part and undo need before them is in tests of their own.
const typedElsewhere =
  'next prev check watch solve restore verify docs propagate mutation gate move part undo'.split(' ')

test('every word is done by some process of these tests', () => {
  expect([...Object.keys(typed), ...typedElsewhere].toSorted()).toEqual(Object.keys(words).toSorted())
})

test.each(Object.entries(typed))('%s is done in a process of its own', (word, rest) => {
  using course = new ThrowawayCourse().types({
    'package.json': '{"type":"module","scripts":{"test":"vitest run"}}',
  })
  for (const path of settings) course.types({ [path]: readFileSync(join(repository, path), 'utf8') })
  course.commits()
  if (word === 'progress') course.git('update-ref', 'refs/remotes/origin/ann', 'HEAD')
  if (word === 'hint' || word === 'skip') course.standsAt(2)
  const { status, stdout, stderr } = course.process({ words: [word, ...rest] })
  expect(stderr).toBe('')
  expect(stdout).not.toBe('')
  // The hook is missing, of which the doctor does not approve.
  expect(status).toBe(word === 'doctor' ? 1 : 0)
})
