import { spawn, spawnSync, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdirSync, readdirSync } from 'node:fs'
import { createServer, type AddressInfo, type Server } from 'node:net'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { makeOwnFolder } from './write-file.ts'
import { ThrowawayCourse } from '../testkit/throwaway-course.ts'

const runner = fileURLToPath(new URL('../start.mjs', import.meta.url))

let there: ThrowawayCourse
/** Hears when a test of the throw-away course has begun. */
let bell: Server
beforeEach(async () => {
  there = new ThrowawayCourse()
  there.types({ 'package.json': '{"type":"module"}' })
  bell = createServer((socket) => socket.on('error', () => {})).listen(0, '127.0.0.1')
  await once(bell, 'listening')
})
afterEach(() => {
  bell.close()
  there[Symbol.dispose]()
})

/** A test that rings, and then never ends. */
const endless = () => `import { connect } from 'node:net'
import { test } from 'vitest'
import * as sum from '../src/index.ts'

test('rings', async () => {
  sum.add(1, 2)
  connect(${(bell.address() as AddressInfo).port}, '127.0.0.1')
  await new Promise(() => {})
}, 600_000)
`

function start(words: readonly string[], node: readonly string[] = []) {
  const { PATH = '' } = process.env
  const child = spawn(process.execPath, [...node, runner, ...words], {
    cwd: there.root,
    env: { PATH, TDD_COURSE_ROOT: there.root, TMPDIR: there.path('tmp') },
  })
  let said = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (piece: string) => (said += piece))
  }
  return { child, said: () => said }
}

const died = async (child: ChildProcess) => once(child, 'close')

test.each([
  { words: ['check'], at: 1 },
  { words: ['check'], at: 3 },
  { words: ['next'], at: 1 },
  { words: ['next'], at: 3 },
  { words: ['2'], at: 1 },
  { words: ['solve'], at: 1 },
  { words: ['prev'], at: 3 },
  { words: ['restore', '1'], at: 3 },
  { words: ['gate'], at: 2 },
  { words: ['gate', 'staged'], at: 2 },
])('Ctrl-C in $words at step $at, while a test runs, ends it at once', async ({ words, at }) => {
  there.types({ '.gitignore': 'node_modules\n.course/\ntmp\n' })
  mkdirSync(there.path('tmp'))
  const git = (...args: readonly string[]) => spawnSync('git', args, { cwd: there.root })
  git('init', '--quiet')
  there.standsAt(at).types({
    ...(at === 1 && { 'src/index.ts': 'export const add = () => 3\n' }),
    'test/mine.test.ts': endless(),
    '.course/saves/001-2026-01-02T030405Z-step-02-green-three/src/index.ts': 'export const add = () => 3\n',
    '.course/saves/001-2026-01-02T030405Z-step-02-green-three/test/mine.test.ts': endless(),
  })
  git('add', '--all')

  const { child, said } = start(words)
  await once(bell, 'connection')
  const spoken = said()
  child.kill('SIGINT')

  expect(await died(child)).toEqual([null, 'SIGINT'])
  expect(said(), 'not a word more').toBe(spoken)
  expect(there.reads('test/mine.test.ts')).toBe(endless())
  // The next command finds everything in order.
  expect((await there.step()).status).toBe(0)
  expect(
    ['.course', '.git/course']
      .filter((folder) => existsSync(there.path(folder)))
      .flatMap((folder) => readdirSync(there.path(folder)))
      .filter((name) => /^(?:lock|trial|staging|position\.json\.)/.test(name)),
  ).toEqual([])
  expect(readdirSync(there.path('tmp')).filter((name) => name.startsWith('course-'))).toEqual([])
})

test.each([[['verify']], [['verify', 'tests']], [['docs']], [['mutation']], [['propagate', '2']]])(
  'Ctrl-C in %j, while the tests of some state run, ends it at once',
  async (words) => {
    const path = 'steps/01-red-adds/test/sum.test.ts'
    there.types({ [path]: endless().replace("'rings'", "'adds'"), 'test/sum.test.ts': '' })
    // An edit is what differs from the last commit, so the state before it is committed first.
    const git = (...args: readonly string[]) => spawnSync('git', args, { cwd: there.root })
    there.types({ '.gitignore': 'node_modules\n.course/\ntmp\n' })
    git('init', '--quiet')
    git('add', '--all')
    git('-c', 'user.name=a', '-c', 'user.email=a@b', 'commit', '--quiet', '--message=before')
    there.types({ 'steps/02-green-three/src/more.ts': 'export const more = 1\n' })
    const { child, said } = start(words)
    await once(bell, 'connection')
    const spoken = said()
    const before = there.seen()
    child.kill('SIGINT')

    expect(await died(child)).toEqual([null, 'SIGINT'])
    expect(said(), 'not a word more').toBe(spoken)
    expect(there.seen()).toEqual(before)
  },
)

test('Ctrl-C in coverage, while the tests of the base run, leaves no copy behind', async () => {
  mkdirSync(there.path('tmp'))
  there.types({ '.gitignore': 'node_modules\n.course/\ntmp\n', 'test/mine.test.ts': endless() }).commits()
  const { child } = start(['coverage', 'markdown', 'HEAD'])
  await once(bell, 'connection')
  child.kill('SIGINT')

  expect(await died(child)).toEqual([null, 'SIGINT'])
  expect(readdirSync(there.path('tmp')).filter((name) => name.startsWith('course-'))).toEqual([])
})

test('Ctrl-C in verify, while the commands of the documents run, leaves no copy behind', async () => {
  // A link to the installed packages is the last thing that a copy gets.
  const interrupted = `
    import fs from 'node:fs'
    import { syncBuiltinESMExports } from 'node:module'
    const { symlinkSync } = fs
    fs.symlinkSync = (...args) => {
      symlinkSync(...args)
      process.kill(process.pid, 'SIGINT')
    }
    syncBuiltinESMExports()
  `
  mkdirSync(there.path('tmp'))
  there.standsAt(5).types({
    'tsconfig.json': '{}',
    'vitest.config.ts': '',
    'configs/.keep': '',
    'README.md': '<!-- run: npm run step 2 -->\n```text\n```\n',
  })
  const { child } = start(['verify'], ['--import', `data:text/javascript,${encodeURIComponent(interrupted)}`])

  expect(await died(child)).toEqual([null, 'SIGINT'])
  expect(readdirSync(there.path('tmp')).filter((name) => name.startsWith('course-'))).toEqual([])
})

/** Runs before the runner: Ctrl-C comes at its `last`th change to a file in src/, test/ or .course, and it goes on. */
const interruptAt = (last: number, root: string) => `
  import fs from 'node:fs'
  import { syncBuiltinESMExports } from 'node:module'
  let changes = 0
  for (const name of ['writeFileSync', 'renameSync', 'unlinkSync', 'mkdirSync']) {
    const original = fs[name]
    fs[name] = (path, ...more) => {
      if (String(path).startsWith(${JSON.stringify(root)}) && ++changes === ${last}) process.kill(process.pid, 'SIGINT')
      return original(path, ...more)
    }
  }
  syncBuiltinESMExports()
`

test('Ctrl-C in the middle of writing: what was begun is finished first', async () => {
  const mine = { 'src/index.ts': 'mine' }
  for (let last = 1; last < 40; last += 3) {
    using walker = new ThrowawayCourse()
    walker.standsAt(2).types(mine)
    const code = interruptAt(last, walker.root)
    const child = spawn(
      process.execPath,
      ['--import', `data:text/javascript,${encodeURIComponent(code)}`, runner, '3'],
      {
        cwd: walker.root,
        env: { PATH: process.env['PATH'], TDD_COURSE_ROOT: walker.root },
      },
    )
    const [status, signal] = await died(child)
    expect([0, null]).toContain(status)
    const arrived = walker.reads('src/index.ts') !== 'mine'
    expect(JSON.parse(walker.reads('.course/position.json') ?? ''), `change ${last}, ${signal}`).toEqual({
      step: arrived ? '03-refactor-own-file' : '02-green-three',
    })
    expect(existsSync(walker.path('src/deep/add.ts'))).toBe(arrived)
    expect(
      readdirSync(walker.path('.course')).filter(
        (name) => !/^(?:position|contracts|undo)\.json$|^saves$/.test(name),
      ),
    ).toEqual([])
  }
})

test('what a killed runner has left behind goes when the next one writes', () => {
  const [dead, other] = [0, 1].map(() => spawnSync(process.execPath, ['-e', '']).pid)
  const folders = [`staging-${dead}`, `saves/.writing-${dead}`, `trial-${dead}-abcdef`, `lock.${dead}-1`]
  for (const folder of folders) {
    makeOwnFolder({ root: there.root, path: `.course/${folder}` })
    there.types({ [`.course/${folder}/a.ts`]: '' })
  }
  there.types({ [`.course/position.json.${dead}.tmp`]: '' })
  const left = readdirSync(there.path('.course'))
  // Called alike, but the runner did not make them.
  const others = [`staging-${other}/a`, 'position.json.20240101', `notes.json.${dead}.tmp`, 'staging-mine/a']
  for (const path of others) there.types({ [`.course/${path}`]: 'mine' })
  there.standsAt(2)
  expect(left).toHaveLength(5)
  expect(readdirSync(there.path('.course')).filter((name) => left.includes(name))).toEqual(['saves'])
  expect(readdirSync(there.path('.course/saves'))).toEqual([])
  expect(others.map((path) => there.reads(`.course/${path}`))).toEqual(others.map(() => 'mine'))
})
