import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { ThrowawayCourse } from '../testkit/throwaway-course.ts'

let there: ThrowawayCourse
beforeEach(() => {
  there = new ThrowawayCourse()
  there.types({
    '.gitignore': 'node_modules\n.course/\ncoverage/\n',
    '.gitattributes': '* text=auto eol=lf\n',
    'package.json': '{ "type": "module" }',
  })
  for (const [name, value] of Object.entries(onGitHub)) vi.stubEnv(name, value)
  git('init', '--quiet', '--initial-branch=main')
  commit('The course')
})
afterEach(() => {
  vi.unstubAllEnvs()
  there[Symbol.dispose]()
})

/** Git in the throw-away course, whatever repository these tests themselves are run for. */
function git(...args: readonly string[]): void {
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('GIT_')))
  const { status, stderr } = spawnSync('git', args, { cwd: there.root, env, encoding: 'utf8' })
  if (status !== 0) throw new Error(`git ${args.join(' ')}: ${stderr}`)
}

function commit(message: string): void {
  git('add', '--all', '--force', '--', ':!node_modules', ':!coverage')
  git('-c', 'user.name=a', '-c', 'user.email=a@b.c', 'commit', '--quiet', '--no-verify', '-m', message)
}

/** What GitHub's runner says about itself. */
const onGitHub = {
  GITHUB_SERVER_URL: 'https://github.com',
  GITHUB_REPOSITORY: 'team/course',
  GITHUB_RUN_ID: '',
  GITHUB_ACTIONS: '',
}

const sample = (name: string) =>
  fileURLToPath(new URL(`../../../docs/sample-reports/${name}.md`, import.meta.url))
/** The commit is a new one every time. */
const anonymous = (text: string) =>
  text
    .replaceAll(/(?<=\/(?:blob|commit)\/)[0-9a-f]{40}/g, '0'.repeat(40))
    .replaceAll(/(?<=\[`)[0-9a-f]{7}(?=`\])/g, '0'.repeat(7))
    .replaceAll('HEAD~1', 'main')

const report = (...words: readonly string[]) => there.step('coverage', 'markdown', ...words)

const add = 'export const add = (one: number, other: number) => one + other\n'
const negate = 'export const negate = (one: number) => -one\n'

/** A line that no test asked for, in a green, and in the code it stands for. */
const untested = `${add}${negate}export const half = (one: number) => {\n  if (one === 0) return 0\n  return one / 2\n}\n`

test('a pull request that lowers coverage and changes a step: the sample in docs/', async () => {
  there.types({ 'src/index.ts': untested, 'steps/05-green-minus/src/index.ts': untested })
  commit('Halve')

  vi.stubEnv('GITHUB_STEP_SUMMARY', there.path('summary.md'))
  const { status, stdout, stderr } = await report('HEAD~1')

  expect(stderr).toBe('')
  expect(status).toBe(1)
  await expect(anonymous(stdout)).toMatchFileSnapshot(sample('bad'))
  expect(there.reads('coverage/report.md')).toBe(stdout)
  // The same run leaves what `npm run coverage` does.
  expect(there.reads('coverage/index.html')).toContain('All files')
  expect(there.reads('coverage/lcov.info')).toContain('SF:')
  expect(there.reads('coverage/coverage-summary.json')).toContain('"total"')
  expect(there.reads('summary.md')).toBe(stdout)
})

test('a pull request that is as it should be: the sample in docs/', async () => {
  const more = `${add}${negate}`.replace('-one', '0 - one')
  there.types({ 'src/index.ts': more, 'steps/05-green-minus/src/index.ts': more })
  commit('Say it otherwise')
  vi.stubEnv('GITHUB_RUN_ID', '42')
  vi.stubEnv('GITHUB_ACTIONS', 'true')
  const { status, stdout } = await report('HEAD~1')
  expect(status).toBe(0)
  expect(stdout).not.toContain('::error')
  await expect(anonymous(stdout)).toMatchFileSnapshot(sample('good'))
})

test('on GitHub what no test runs is shown in the diff', async () => {
  there.types({ 'src/index.ts': untested })
  vi.stubEnv('GITHUB_ACTIONS', 'true')
  expect((await report()).stdout).toContain(
    '\n::error file=src/index.ts,line=3::no test runs this function\n',
  )
})

test('without a base only what is there is told, and it passes', async () => {
  const { status, stdout } = await report()
  expect(status).toBe(0)
  expect(stdout).toContain('✓ **All of `src/` is run by its tests.**')
  expect(stdout).toContain('| functions | 2 | 2 | 100 |')
  expect(stdout).not.toContain('against')
  expect(stdout).not.toContain('## The course')
})

test('against a base that is the same, nothing is lost or gained', async () => {
  const { status, stdout } = await report('main')
  expect(status).toBe(0)
  expect(stdout).toContain('| functions | 2 | 2 | 100 | = |')
  expect(stdout).toContain('No file of `src/` is changed or covered otherwise than before.')
})

test("what happens on the base after the change left it is not the change's", async () => {
  git('checkout', '--quiet', '-b', 'change')
  there.types({ 'docs/more.md': 'More.\n' })
  commit('Say more')
  git('checkout', '--quiet', 'main')
  there.types({ 'src/index.ts': untested })
  commit('Lower the coverage of main')
  git('checkout', '--quiet', 'change')

  expect((await report('main')).stdout).toContain('| functions | 2 | 2 | 100 | = |')
})

test('what was untested before and is tested now is a gain', async () => {
  there.types({ 'src/index.ts': untested })
  commit('Lower the coverage')
  there.types({ 'src/index.ts': add + negate })

  const { stdout } = await report('HEAD')
  expect(stdout).toContain('| functions | 2 | 2 | 100 | +33.34 |')
  expect(stdout).toContain('| 100 (+33.34) |')
})

test('failing tests are named instead of a coverage that says nothing, in the change and in the base', async () => {
  there.types({
    'test/sum.test.ts': "import { test } from 'vitest'\n\ntest('a `b` | c', () => { throw 1 })\n",
  })
  const { status, stdout } = await report()
  expect(status).toBe(1)
  expect(stdout).toContain('✗ **The tests do not pass**')
  expect(stdout).toContain("- `test/sum.test.ts > a 'b' | c`")
  expect(stdout).not.toContain('| functions')

  commit('Break a test')
  git('checkout', '--quiet', 'HEAD~1', '--', 'test')
  expect((await report('HEAD')).stdout).toContain(
    'The tests of `HEAD` do not pass: there is nothing to compare with.',
  )
})

test('steps that are added, taken away and renumbered', async () => {
  there.deletes('steps/03-refactor-own-file')
  for (const [from, to] of [
    ['04-red-negates', '03-red-negates'],
    ['05-green-minus', '04-green-minus'],
  ]) {
    git('mv', `steps/${from}`, `steps/${to}`)
  }
  const { stdout } = await report('HEAD')
  expect(stdout).toContain('5 steps before, 4 now. 2 other steps at another number.')
  expect(stdout).toContain('| `03-refactor-own-file` | ◆ refactor | – |')
  // What the last step takes away is not there any more.
  expect(stdout).toContain('- `steps/04-green-minus/step.yaml`: `"removes" names src/deep/add.ts')

  git('reset', '--quiet', '--hard')
  const readme = there.reads('steps/05-green-minus/README.md') ?? ''
  const contract = there.reads('steps/04-red-negates/step.yaml') ?? ''
  there.types({
    'steps/05-green-minus/README.md': readme.replace('Why Minus', 'Because'),
    'steps/04-red-negates/step.yaml': contract.replace('Gently.', 'Softly.'),
  })
  const { status, stdout: reworded } = await report('HEAD')
  expect(reworded).toContain('✓ **The course is proven.** 5 steps before, 5 now.')
  expect(reworded).toContain('| `05-green-minus` | ✓ green | ✓ green |')
  expect(reworded).toContain('| `04-red-negates` | ✗ red | ✗ red |')
  expect(status).toBe(0)
})

test("a learner's solution sent by mistake gets an explanation instead", async () => {
  there
    .standsAt(2)
    .types({ 'src/index.ts': 'export const add = (...all: number[]) => Math.max(...all) + 1\n' })
  commit('My solution')

  const { status, stdout } = await report('HEAD~1')
  // It can be read by a team without a red cross.
  expect(status).toBe(0)
  await expect(anonymous(stdout)).toMatchFileSnapshot(sample('learner'))
  expect(stdout).toContain('✓ At that step: `green, as it should be')
  expect(stdout).toContain('## This looks like your own walk through the course')
  expect(stdout).toContain('stands there at step 3 of 5')
  expect(stdout).not.toContain('## Coverage')
})

test('a base that git does not know is refused', async () => {
  expect(await report('nowhere')).toRefuse(
    'Expected a branch, a tag or a commit to compare with, but git knows none called "nowhere".',
    'git fetch origin',
  )
  expect(await report('--all')).toRefuse('but git knows none called "--all"')
})

test('in a clone without its history the comparison is left out, and that is said', async () => {
  there.types({ 'src/index.ts': untested })
  commit('Halve')
  // What `git clone --depth 1` leaves.
  there.types({ '.git/shallow': there.git('rev-parse', 'HEAD') })

  const { status, stdout, stderr } = await report('HEAD~1')
  expect(stderr).toBe('')
  expect(stdout).toContain('Not compared with `HEAD~1`, nor was the course proven')
  expect(stdout).toContain('`git fetch --unshallow`')
  expect(stdout).toContain('| functions | 2 | 3 | 66.66 |')
  expect(status).toBe(1)
  expect(await report('HEAD')).toMatchObject({ stdout: expect.stringContaining('against `HEAD`') })
})

test('in a subfolder of a larger repository it speaks of that folder', async () => {
  using course = new ThrowawayCourse(undefined, 'apps/c')
  course.types({ '../../elsewhere/src/index.ts': 'mine\n' }).commits()
  course.types({ 'src/index.ts': untested, '../../elsewhere/src/index.ts': 'more\n' })

  const { stdout } = await course.step('coverage', 'markdown', 'HEAD')
  expect(stdout).toContain('| functions | 2 | 3 | 66.66 | −33.34 |')
  expect(stdout).toMatch(
    /\[`src\/index\.ts`\]\(https:\/\/github.com\/team\/course\/blob\/\w+\/apps\/c\/src\/index\.ts\)/,
  )
  expect(stdout).not.toContain('elsewhere')

  course.types({ 'src/index.ts': `${add}${negate}` })
  expect((await course.step('coverage', 'markdown', 'HEAD')).stdout).toContain(
    'No file of `src/` is changed or covered otherwise than before.',
  )
})

test('another word than markdown is refused', async () => {
  expect(await there.step('coverage', 'html')).toRefuse('"coverage" takes the word markdown, or nothing')
})
