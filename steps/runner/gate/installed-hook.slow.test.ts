import { spawnSync } from 'node:child_process'
import {
  chmodSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { run as runner } from '../cli.ts'
import { ThrowawayCourse } from '../testkit/throwaway-course.ts'

const repository = fileURLToPath(new URL('../../..', import.meta.url))

// Git, hooks, npm's prepare script and commits as they are: only the course is a small one.
let there: ThrowawayCourse
/** A home folder of its own, for what is configured there. */
let home: string
beforeEach(() => {
  home = realpathSync(mkdtempSync(join(tmpdir(), 'home-')))
})
afterEach(() => {
  there[Symbol.dispose]()
  rmSync(home, { recursive: true })
})

/** A clone with the course in `folder`, as it is before `npm ci`. */
function cloned(folder = ''): void {
  there = new ThrowawayCourse(undefined, folder)
  for (const name of ['install.mjs', 'pre-commit']) {
    cpSync(join(repository, '.husky', name), there.path(`.husky/${name}`))
  }
  symlinkSync(join(repository, 'steps', 'runner'), there.path('steps/runner'), 'junction')
  there.types({ '.gitignore': 'node_modules\n.course/\nsteps/runner\n' })
  there.commits()
}

function run(
  program: string,
  args: readonly string[],
  more: Readonly<Record<string, string>> = {},
  from = there.root,
) {
  const ours = Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !/^(?:GIT_|HUSKY|VITEST)/.test(name)),
  )
  const env = {
    ...ours,
    HOME: home,
    XDG_CONFIG_HOME: join(home, '.config'),
    TDD_COURSE_ROOT: there.root,
    ...more,
  }
  const { status, stdout, stderr } = spawnSync(program, args, { cwd: from, env, encoding: 'utf8' })
  return { status, said: `${stdout}${stderr}`.replaceAll(/\s+/g, ' ') }
}
/** Git from the top of the repository, from where it names the index to a hook by a relative path. */
const git = (...args: readonly string[]) =>
  run('git', ['-c', 'user.name=a', '-c', 'user.email=a@b.c', ...args], {}, there.top)
const prepare = () => run(process.execPath, [there.path('.husky/install.mjs')]).said
/** What the runner says, in this process: a start of its own would take longer. */
async function says(
  words: readonly string[],
  root = there.root,
  more: Readonly<Record<string, string>> = {},
): Promise<string> {
  const env = { HOME: home, XDG_CONFIG_HOME: join(home, '.config'), ...more }
  for (const [name, value] of Object.entries(env)) vi.stubEnv(name, value)
  let said = ''
  const listen = (text: string) => void (said += text)
  await runner(words, root, { stdout: listen, stderr: listen })
  vi.unstubAllEnvs()
  return said.replaceAll(/\s+/g, ' ')
}
const doctor = (root?: string, more?: Readonly<Record<string, string>>) => says(['doctor'], root, more)

/** Commits code that is not what the tests of step 2 want, and says what came of it. */
function commitsWrongCode() {
  there.standsAt(2).types({ 'src/index.ts': 'export const add = () => 4\n' })
  git('add', '--all')
  return git('commit', '--message', 'Mine')
}
const stopped = '✗ gate · step 1 to 2: '

describe.each([
  ['a repository of its own', ''],
  ['a subfolder of a larger repository', 'apps/c'],
])('in %s', (_where, folder) => {
  test('the hook is installed without a word, found by doctor, and decides about a commit', async () => {
    cloned(folder)
    expect(await doctor()).toContain('✗ The pre-commit hook is not installed Type: npm run prepare')
    expect(prepare()).toBe('')
    expect(await doctor()).toContain('✓ The pre-commit hook is installed')

    const { status, said } = commitsWrongCode()
    expect(said).toContain(stopped)
    expect(status).toBe(1)
    there.standsAt(2)
    git('add', '--all')
    expect(git('commit', '--message', 'Mine')).toMatchObject({ status: 0 })
  })

  test('the hook speaks of what this commit takes along, also when that is not what is staged', () => {
    cloned(folder)
    prepare()
    there.standsAt(2)
    git('add', '--all')
    git('commit', '--no-verify', '--message', 'Mine')
    there.types({ 'src/index.ts': 'export const add = () => 4\n' })
    // Git makes an index for this commit alone, and tells the hook where it is.
    expect(git('commit', '--message', 'One file', there.path('src/index.ts')).said).toContain(stopped)
  })

  test("hooks that are there already stay, are named, and run the course's when they are told to", async () => {
    cloned(folder)
    const line = `sh ${folder === '' ? '' : `${folder}/`}.husky/pre-commit`
    const company = join(home, 'company hooks')
    mkdirSync(company)
    const hook = (text: string) => {
      writeFileSync(join(company, 'pre-commit'), `#!/bin/sh\n${text}\n`)
      chmodSync(join(company, 'pre-commit'), 0o755)
    }
    hook('echo company')
    run('git', ['config', '--global', 'core.hooksPath', company])

    expect(prepare()).toContain(`and stay there; for the course's hook their pre-commit has to run: ${line}`)
    expect(git('config', '--local', '--get', 'core.hooksPath').status).toBe(1)
    expect(await doctor()).toContain(
      `✗ Git runs the hooks in ${company}, and those do not run the course's: what you commit is not checked Type: ${line}`,
    )
    hook(`echo company; ${line}`)
    expect(await doctor()).toContain('✓ The pre-commit hook is installed')
    expect(commitsWrongCode().said).toMatch(/company .*✗ gate · step 1 to 2/)
  })

  test('a path from the root of the disk to our hooks is as good as one from the repository', async () => {
    cloned(folder)
    prepare()
    git('config', 'core.hooksPath', resolve(realpathSync(there.root), '.husky', '_'))
    expect(await doctor()).toContain('✓ The pre-commit hook is installed')
    expect(prepare()).toBe('')
  })
})

test("hooks of the repository's own stay, too", async () => {
  cloned('apps/c')
  const hooks = join(there.top, '.git', 'hooks')
  mkdirSync(hooks, { recursive: true })
  writeFileSync(join(hooks, 'pre-commit'), '#!/bin/sh\n', { mode: 0o755 })
  expect(prepare()).toContain('and stay there')
  expect(await doctor()).toContain("and those do not run the course's")
})

test.each(['', 'apps/c'])(
  'a second worktree has no hook until it is prepared, and says so: %s',
  async (folder) => {
    cloned(folder)
    there.standsAt(2).commits()
    prepare()
    const second = join(there.top, 'second')
    git('worktree', 'add', '--quiet', second)
    const tree = join(second, folder)
    // As it is when packages are linked, or copied, and not installed.
    for (const [from, to] of [
      [join(there.root, 'node_modules'), 'node_modules'],
      [join(repository, 'steps', 'runner'), 'steps/runner'],
    ] as const) {
      symlinkSync(from, join(tree, to), 'junction')
    }
    expect(await says([], tree)).toContain(
      'Commits are not checked here, the pre-commit hook is missing: npm run step doctor',
    )
    expect(await says([])).not.toContain('not checked')
    expect(await doctor(tree)).toContain('✗ The pre-commit hook is not installed Type: npm run prepare')

    run(process.execPath, [join(tree, '.husky', 'install.mjs')], {}, tree)
    expect(await doctor(tree)).toContain('✓ The pre-commit hook is installed')
    expect(await says([], tree)).not.toContain('not checked')
    writeFileSync(join(tree, 'src', 'index.ts'), 'not even code')
    const more = { TDD_COURSE_ROOT: tree }
    expect(
      run('git', ['-c', 'user.name=a', '-c', 'user.email=a@b.c', 'commit', '-a', '-m', 'Mine'], more, tree)
        .said,
    ).toContain('✗ tests amber: test/sum.test.ts could not run.')
  },
)

test('a repository that git does not trust is not called none', async () => {
  cloned()
  const said = await doctor(there.root, { GIT_TEST_ASSUME_DIFFERENT_OWNER: '1' })
  expect(said).toContain('✗ Git does not work here: fatal: detected dubious ownership in repository')
  expect(said).toContain(`Type: git config --global --add safe.directory "${realpathSync(there.root)}"`)
  expect(said).not.toContain('All is well')
})

test("in a cherry-pick and in a rebase, the commit's own tests decide, not where its author is now", () => {
  cloned()
  prepare()
  const commits = (number: number) => {
    there.standsAt(number)
    git('add', '--all')
    return git('commit', '--no-verify', '--message', `Step ${number}`)
  }
  git('switch', '--quiet', '--create', 'ann')
  expect(commits(2)).toMatchObject({ status: 0 })
  expect(commits(4)).toMatchObject({ status: 0 })

  git('switch', '--quiet', '--detach', 'HEAD~2')
  expect(git('cherry-pick', '--no-commit', 'ann~1')).toMatchObject({ status: 0 })
  const picked = git('commit', '--message', 'Picked')
  expect(picked.said).toContain('✓ gate · step 2, green')
  expect(picked.status).toBe(0)

  git('switch', '--quiet', 'ann')
  const editor = { GIT_SEQUENCE_EDITOR: 'sed -i.old s/^pick/edit/' }
  expect(run('git', ['rebase', '--quiet', '--interactive', 'HEAD~2'], editor, there.top)).toMatchObject({
    status: 0,
  })
  const amended = git('commit', '--amend', '--message', 'Said better')
  expect(amended.said).toContain('✓ gate · step 2, green')
  expect(amended.status).toBe(0)
  there.types({ 'src/index.ts': 'export const add = () => 4\n' })
  git('add', '--all')
  expect(git('commit', '--amend', '--no-edit').said).toContain(stopped)
})
