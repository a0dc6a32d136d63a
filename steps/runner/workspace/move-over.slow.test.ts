import { existsSync, mkdirSync, mkdtempSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { linkPackages } from '../system/temporary-folder.ts'
import { withChanges } from '../testkit/intercepted-fs.ts'
import { ThrowawayCourse } from '../testkit/throwaway-course.ts'
import { moveOver } from './move-over.ts'
import { listSaves, readSave } from './saves.ts'

let there: ThrowawayCourse
beforeEach(() => {
  there = new ThrowawayCourse().commits()
})
afterEach(() => there[Symbol.dispose]())

const first = '001-2026-01-02T030405Z-step-02-green-three'

/** A learner at step 3 with two saves, as earlier runners kept them. */
const earlier = () =>
  there.types({
    '.course/position.json': '{"step":"03-refactor-own-file"}\n',
    '.course/hints.json': '{"02-green-three":1}\n',
    [`.course/saves/${first}/src/index.ts`]: 'first',
    '.course/saves/002-2026-01-03T030405Z-nowhere/test/own.test.ts': 'second',
  })

const saved = () =>
  listSaves(there.root).map((save) =>
    [String(save.number)].concat([...readSave(there.root, save)].map(([path, bytes]) => `${path}: ${bytes}`)),
  )

test('what earlier runners kept in .course is moved to where git never looks, once', async () => {
  earlier()
  expect(await there.step('saves')).toSay('They are folders in .git/course/saves.')
  expect(there.reads('.git/course/position.json')).toBe('{"step":"03-refactor-own-file"}\n')
  expect(saved()).toEqual([
    ['1', 'src/index.ts: first'],
    ['2', 'test/own.test.ts: second'],
  ])
  expect(readdirSync(there.path('.git/course')).toSorted()).toEqual([
    'contracts.json',
    'hints.json',
    'position.json',
    'saves',
  ])
  expect(existsSync(there.path('.course'))).toBe(false)

  there.types({ '.course/position.json': '{"step":"01-red-adds"}' })
  await there.step('saves')
  expect(there.reads('.git/course/position.json')).toBe('{"step":"03-refactor-own-file"}\n')
})

test.each(['switch', 'merge'])(
  'git %s to a branch that tracks .course, as a link or honestly, takes no save with it',
  async (verb) => {
    there.standsAt(2).types({ 'src/index.ts': 'mine' })
    expect(await there.step('3')).toSay('Your work is now save 1.')
    there.git('checkout', '--quiet', '--', 'src', 'test')
    const main = there.git('rev-parse', 'HEAD').trim()
    using other = new ThrowawayCourse()
    for (const make of [
      () => symlinkSync(there.path('steps'), other.path('.course')),
      () => other.types({ '.course/position.json': '{"step":"01-red-adds"}' }),
    ]) {
      other.git('init', '--quiet')
      other.git('fetch', '--quiet', there.root, main)
      other.git('reset', '--quiet', '--hard', 'FETCH_HEAD')
      make()
      other.git('add', '--force', '.course')
      other.commits()
      there.git('fetch', '--quiet', other.root, 'HEAD')
      if (verb === 'switch') there.git('switch', '--quiet', '--detach', 'FETCH_HEAD')
      else there.git('merge', '--quiet', '--ff-only', 'FETCH_HEAD')
      expect(saved()).toEqual([expect.arrayContaining(['src/index.ts: mine'])])
      there.git('switch', '--quiet', '--force-create', 'main-again', main)
      other.deletes('.course')
    }
  },
)

test('what a branch tracks there is not ours: it stays, and is not taken for where one stands', async () => {
  earlier()
  there.git('add', '--force', '.course/position.json', `.course/saves/${first}`)
  const { stdout } = await there.step('saves')
  expect(stdout).toContain('002-2026')
  expect(stdout).not.toContain('001-2026')
  expect(there.reads('.course/position.json')).toBe('{"step":"03-refactor-own-file"}\n')
  expect(there.reads(`.course/saves/${first}/src/index.ts`)).toBe('first')
  expect(there.reads('.git/course/position.json')).toBe(null)
})

test('every working tree brings its saves to the others, with numbers of their own, and stands for itself', async () => {
  earlier()
  await there.step('saves')
  const tree = mkdtempSync(join(tmpdir(), 'tree-'))
  there.git('worktree', 'add', '--quiet', '--force', tree)
  mkdirSync(join(tree, '.course', 'saves', first, 'src'), { recursive: true })
  writeFileSync(join(tree, '.course', 'saves', first, 'src', 'index.ts'), 'third')
  linkPackages(there.root, tree)
  writeFileSync(join(tree, '.course', 'position.json'), '{"step":"01-red-adds"}')
  expect(there.process({ words: ['saves'], env: { TDD_COURSE_ROOT: tree } }).stdout).toContain(
    '3  2026-01-02',
  )
  expect(saved().at(-1)).toEqual(['3', 'src/index.ts: third'])
  expect(listSaves(tree)).toEqual(listSaves(there.root))
  expect(there.reads('.git/course/position.json')).toBe('{"step":"03-refactor-own-file"}\n')
  const [ours = ''] = readdirSync(there.path('.git/worktrees'))
  expect(there.reads(`.git/worktrees/${ours}/course/position.json`)).toBe('{"step":"01-red-adds"}')
  there.git('worktree', 'remove', '--force', tree)
  expect(saved()).toHaveLength(3)
})

test('a link among what earlier runners kept is refused by name, and nothing is moved', async () => {
  earlier()
  there.types({ 'elsewhere/src/index.ts': 'not mine' }).deletes('.course/saves')
  symlinkSync(there.path('elsewhere'), there.path('.course/saves'), 'junction')
  expect(await there.step()).toRefuse('.course/saves is a link')
  expect(there.reads('elsewhere/src/index.ts')).toBe('not mine')
  expect(there.reads('.course/position.json')).toBe('{"step":"03-refactor-own-file"}\n')
})

test('a git folder on another disk gets copies, whole ones', async () => {
  earlier()
  let across = 0
  const anotherDisk = (change: () => unknown, _: string, [from, to]: readonly unknown[]) => {
    if (String(from).includes('.course/') && String(to).includes('.git/')) {
      across += 1
      throw Object.assign(new Error('EXDEV'), { code: 'EXDEV' })
    }
    return change()
  }
  withChanges(['renameSync'], anotherDisk, () => moveOver(there.root))
  expect(across).toBeGreaterThan(3)
  expect(saved()).toEqual([
    ['1', 'src/index.ts: first'],
    ['2', 'test/own.test.ts: second'],
  ])
  expect(existsSync(there.path('.course'))).toBe(false)
})
