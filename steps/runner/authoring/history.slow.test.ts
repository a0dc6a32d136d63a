import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { loadCourse } from '../course/read-course.ts'
import { stateAt } from '../course/state.ts'
import { linkPackages } from '../system/temporary-folder.ts'
import { ThrowawayCourse } from '../testkit/throwaway-course.ts'
import { writeHistory } from './history.ts'

const manifest = JSON.stringify({
  name: 'sums',
  type: 'module',
  scripts: { test: 'vitest run', prepare: 'node hook.mjs' },
})

let there: ThrowawayCourse
beforeEach(() => {
  there = new ThrowawayCourse().types({ 'package.json': manifest, 'package-lock.json': '{}' })
})
afterEach(() => there[Symbol.dispose]())

const written = (name: string) => {
  const folder = there.path(name)
  return { folder, ...writeHistory(there.course, folder) }
}

/** Git in a folder of these tests, whatever repository they are run for. */
function git(folder: string, ...args: readonly string[]): string {
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('GIT_')))
  return execFileSync('git', args, { cwd: folder, env, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] })
}

test('one commit a step, with the title, what fails, and the lesson; a tag of the name', async () => {
  const said = await there.step('history', there.path('course.git'))
  expect(said).toSay('6 commits on main', 'git bisect run npm test')
  const folder = there.path('course.git')

  expect(git(folder, 'log', '--reverse', '--format=%s%d', 'main').trim().split('\n')).toEqual([
    'Packages and settings, before the first test',
    'red: Ask for a sum (tag: adds)',
    'green: Three (tag: three)',
    'refactor: A file of its own (tag: own-file)',
    'red: Ask for less (tag: negates)',
    'green: Minus (HEAD -> main, tag: minus)',
  ])
  expect(git(folder, 'log', '-1', '--format=%b', 'negates')).toBe(
    'negates\n\nFails: negates\n       TypeError: negate is not a function\n\nWhy Ask for less.\n',
  )
  expect(git(folder, 'log', '--reverse', '--format=%s', 'passing').trim().split('\n')).toEqual([
    'Packages and settings, before the first test',
    'green: Three',
    'refactor: A file of its own',
    'green: Minus',
  ])
})

test('each commit holds the state of its step, and what `npm ci && npm test` takes, without the hook', () => {
  const { folder } = written('course.git')
  for (const step of there.course.steps) {
    for (const branch of ['main', ...(step.phase === 'red' ? [] : ['passing'])]) {
      const commit = git(folder, 'log', '--format=%H', `--grep=^${step.phase}: ${step.title}$`, branch).trim()
      const files = git(folder, 'ls-tree', '-r', '--name-only', commit).trim().split('\n')
      const state = stateAt(there.course, step.number)
      expect(files.filter((path) => /^(?:src|test)\//.test(path))).toEqual([...state.keys()].toSorted())
      for (const [path, bytes] of state)
        expect(git(folder, 'show', `${commit}:${path}`)).toBe(bytes.toString())
      expect(files).toEqual(expect.arrayContaining(['package.json', 'package-lock.json', '.gitignore']))
    }
  }
  expect(JSON.parse(git(folder, 'show', 'main:package.json'))).toEqual({
    name: 'sums',
    type: 'module',
    scripts: { test: 'vitest run' },
  })
})

test('this course: its last commit holds src/ and test/ as they are here, and the same hashes each time', () => {
  const { course } = loadCourse(fileURLToPath(new URL('../../..', import.meta.url)))
  const [one, other] = ['one.git', 'other.git'].map((name) => writeHistory(course, there.path(name)))
  expect(one).toEqual(other)
  expect(one?.commits).toBe(course.steps.length + 1)
  const trees = (branch: string) =>
    git(there.path('one.git'), 'ls-tree', branch, 'src', 'test', 'package.json')
  expect(trees('main')).toBe(trees('passing'))
  const last = stateAt(course, Infinity)
  const files = git(there.path('one.git'), 'ls-tree', '-r', '--name-only', 'main', 'src', 'test')
    .trim()
    .split('\n')
  expect(files).toEqual([...last.keys()].toSorted())
})

test('bisect finds the step that broke a test, and a line leads to its lesson', () => {
  // A fault in the last green: its own test passes, the one of before does not.
  there.types({
    'steps/05-green-minus/src/index.ts':
      'export const add = (one: number, other: number) => one - other\nexport const negate = (one: number) => -one\n',
  })
  const { folder } = written('course.git')
  const clone = there.path('clone')
  git(there.root, 'clone', '--quiet', '--branch', 'passing', folder, clone)
  linkPackages(there.root, clone)
  git(clone, 'bisect', 'start', 'passing', 'passing/three')
  const vitest = join(there.root, 'node_modules', 'vitest', 'vitest.mjs')
  const found = git(clone, 'bisect', 'run', process.execPath, vitest, 'run', '--root', '.')
  expect(found).toContain('is the first bad commit')
  expect(found).toContain('green: Minus')

  const lesson = git(
    clone,
    'log',
    '--format=%b',
    '-S',
    'one + other',
    '--reverse',
    'origin/main',
    '--',
    'src',
  )
  expect(lesson).toContain('Why A file of its own.')
})

test('a folder that is there is refused and left as it is; so is one in a folder that is not there', async () => {
  mkdirSync(there.path('taken'))
  expect(await there.step('history', there.path('taken'))).toRefuse(
    'Expected a folder that does not exist yet, but',
    'Nothing was written.',
  )
  expect(readdirSync(there.path('taken'))).toEqual([])
  expect(await there.step('history', there.path('none/course.git'))).toRefuse('but there is no')
  expect(existsSync(there.path('none'))).toBe(false)
  expect(await there.step('history')).toRefuse(
    'Expected the folder to write the history to',
    'npm run step history',
  )
})

test('nothing is left when git cannot write it', async () => {
  const said = there.process({ words: ['history', there.path('course.git')], env: { PATH: '' } })
  expect(said).toRefuse('git could not write the history', 'Is git installed')
  expect(readdirSync(there.root).filter((name) => name.startsWith('course.git'))).toEqual([])
})
