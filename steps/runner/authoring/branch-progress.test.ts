import { spawnSync } from 'node:child_process'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { ThrowawayCourse } from '../testkit/throwaway-course.ts'

let there: ThrowawayCourse
beforeEach(() => {
  there = new ThrowawayCourse()
})
afterEach(() => there[Symbol.dispose]())

/** Git in the throw-away course, whatever repository these tests themselves are run for. */
function git(...args: readonly string[]): void {
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('GIT_')))
  const { status, stderr } = spawnSync('git', args, { cwd: there.root, env, encoding: 'utf8' })
  if (status !== 0) throw new Error(`git ${args.join(' ')}: ${stderr}`)
}

/** A branch as somebody pushed it, with what stands in the folder. */
function pushed(branch: string): void {
  git('add', '--all', '--', ':!node_modules', ':!.course')
  git(
    '-c',
    'user.name=a',
    '-c',
    'user.email=a@b.c',
    'commit',
    '--quiet',
    '--no-verify',
    '--allow-empty',
    '-m',
    branch,
  )
  git('update-ref', `refs/remotes/origin/${branch}`, 'HEAD')
}

test('progress tells how far each fetched branch is by the tests on it, whatever the code', async () => {
  git('init', '--quiet', '--initial-branch=main')
  pushed('main')
  git('symbolic-ref', 'refs/remotes/origin/HEAD', 'refs/remotes/origin/main')
  there.standsAt(1).types({ 'src/index.ts': 'export const add = () => 3 // my own\n' })
  pushed('ann')
  there.standsAt(4)
  pushed('bob')
  there.deletes('src', 'test')
  pushed('empty')

  const said = await there.step('progress')
  expect(said).toSay(
    'origin/main 2 of 2 tests · step 5 · ',
    'origin/ann 1 of 2 tests · step 3 · ',
    'origin/bob 2 of 2 tests · step 5 · ',
    'origin/empty nothing of the course · ',
    ' ago',
  )
  expect(said.stdout).not.toContain('HEAD')
})

test('progress says how to have branches when none has been fetched, and when git is no help', async () => {
  expect(await there.step('progress')).toRefuse('git could not be asked for the branches')
  git('init', '--quiet')
  expect(await there.step('progress')).toRefuse('No branch has been fetched', 'git fetch origin')
})

test('no file of a branch is read, however large it is', async () => {
  git('init', '--quiet', '--initial-branch=main')
  there.standsAt(4)
  pushed('bob')
  // The bytes are gone, as after git clone --filter=blob:none: only their names are there.
  const objects = there.git('ls-tree', '-r', 'refs/remotes/origin/bob', '--', 'test/').split('\n')
  for (const name of objects.flatMap((line) => /blob (?<name>\w+)/.exec(line)?.groups?.['name'] ?? [])) {
    there.deletes(`.git/objects/${name.slice(0, 2)}/${name.slice(2)}`)
  }
  expect(await there.step('progress')).toSay('origin/bob 2 of 2 tests · step 5 · ')
})
