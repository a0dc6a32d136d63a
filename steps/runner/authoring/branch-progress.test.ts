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

/** A pushed branch, with what is in the folder. */
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

test('progress tells how far I am and each fetched branch, by the tests on it, whatever the code', async () => {
  git('init', '--quiet', '--initial-branch=main')
  pushed('main')
  pushed('dependabot/npm/vitest')
  git('update-ref', 'refs/remotes/origin/new', 'refs/remotes/origin/main')
  git('symbolic-ref', 'refs/remotes/origin/HEAD', 'refs/remotes/origin/main')
  there.standsAt(1).types({ 'src/index.ts': 'export const add = () => 3 // my own\n' })
  pushed('ann')
  there.standsAt(4)
  pushed('bob')
  there.types({ 'test/sum.test.ts': '// changed\n', 'test/own.test.ts': '// mine\n' })
  pushed('eve')
  there.deletes('src', 'test')
  pushed('empty')
  there.standsAt(3)

  const said = await there.step('progress')
  expect(said).toSay(
    'you: step 3, chapter 1 done',
    'new not begun',
    'ann step 1–3 · 1 of 2 tests · own code · ',
    "bob step 4 · 2 of 2 tests · the course's answers · ",
    'changed or added to: test/sum.test.ts',
    'empty nothing of the course · ',
    ' ago',
  )
  for (const word of ['HEAD', 'main', 'dependabot']) expect(said.stdout).not.toContain(word)
  expect(await there.step('progress', 'ann')).toSay('✓ 1 sum: 3 of 3', '· 2 less: 0 of 2')
  const json: unknown = JSON.parse((await there.step('progress', 'json')).stdout)
  expect(json).toContainEqual(expect.objectContaining({ branch: 'ann', steps: [1, 2, 3], courses: false }))
  expect(await there.step('progress', 'zoe')).toRefuse('but this came: zoe', 'These are there: ')
})

test('progress says how to have branches when none has been fetched, and when git is no help', async () => {
  expect(await there.step('progress')).toRefuse('git could not be asked for the branches')
  git('init', '--quiet')
  expect(await there.step('progress')).toSay(
    'you: not begun',
    'No branch of a learner has been fetched',
    'git fetch origin',
  )
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
  expect(await there.step('progress')).toSay("bob step 4 · 2 of 2 tests · the course's answers")
})

test('progress knows the parts of the course', async () => {
  for (const { folder } of there.course.steps) {
    const contract = there.reads(`steps/${folder}/step.yaml`) ?? ''
    const inPart = contract
      .replace('chapter: sum', 'chapter: connection')
      .replace('chapter: less', 'chapter: pool-hygiene')
    there.types({ [`steps/${folder}/step.yaml`]: inPart })
  }
  git('init', '--quiet', '--initial-branch=main')
  there.standsAt(3)
  pushed('ann')
  expect(await there.step('progress')).toSay('you: step 3, chapter 1 done, part 1 done')
  expect(await there.step('progress', 'ann')).toSay(
    'Part 1 · the seven behaviours ✓ 1 connection: 3 of 3 Part 2 · production · 2 pool hygiene: 0 of 2',
  )
})
