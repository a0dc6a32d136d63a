import { afterAll, afterEach, expect, test, vi } from 'vitest'
import { join } from 'node:path'
import { git, gitBytes, listFiles } from './git.ts'
import { temporaryFolder } from './temporary-folder.ts'

const made = temporaryFolder('git', (folder) => {
  const [here, other] = [join(folder, 'here'), join(folder, 'other')]
  for (const one of [here, other]) git(folder, ['init', '--quiet', one], { ours: true })
  return { folder, here, other }
})
const { here, other } = made

afterAll(() => made[Symbol.dispose]())

afterEach(() => {
  vi.unstubAllEnvs()
})

const folderOf = (options = {}) => git(here, ['rev-parse', '--absolute-git-dir'], options).stdout.trim()

test('a hook that names its repository does not make a folder the top of it', () => {
  vi.stubEnv('GIT_DIR', join(other, '.git'))
  expect(folderOf()).toContain('here')
})

test('a repository apart from its working tree is the one that both variables name', () => {
  vi.stubEnv('GIT_DIR', join(other, '.git'))
  vi.stubEnv('GIT_WORK_TREE', other)
  expect(folderOf()).toContain('other')
  expect(folderOf({ ours: true }), 'but for a repository of ours').toContain('here')
})

test('the index that a commit is made of is the one that is read', () => {
  git(here, ['update-index', '--add', '--cacheinfo', `100644,${'1'.repeat(40)},mine`])
  expect(listFiles(here)).toEqual(['mine'])
  vi.stubEnv('GIT_INDEX_FILE', join(here, 'another-index'))
  expect(listFiles(here)).toEqual([])
})

test('says in English why git failed, and what came as bytes', () => {
  vi.stubEnv('LC_ALL', 'de_DE.UTF-8')
  expect(git(here, ['-c', 'alias.locale=!echo $LC_ALL', 'locale']).stdout.trim()).toBe('C')
  expect(git(here, ['show', 'nothing'])).toMatchObject({
    status: 128,
    why: expect.stringMatching(/^fatal: /),
  })
  const name = gitBytes(here, ['hash-object', '-w', '--stdin'], { input: Buffer.of(255, 0) }).stdout
  expect(gitBytes(here, ['cat-file', 'blob', name.toString('utf8').trim()]).stdout).toEqual(Buffer.of(255, 0))
})

test('without git it has no status, and says so', () => {
  vi.stubEnv('PATH', '')
  expect(git(here, ['--version'])).toEqual({ status: null, stdout: '', why: 'ENOENT' })
  expect(listFiles(here)).toEqual([])
})
