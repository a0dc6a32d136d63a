import { spawnSync } from 'node:child_process'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { ThrowawayCourse } from '../testkit/throwaway-course.ts'

let there: ThrowawayCourse
beforeEach(() => {
  there = new ThrowawayCourse()
})
afterEach(() => there[Symbol.dispose]())

test('doctor says what is right', async () => {
  expect(await there.step('doctor')).toSay(
    `✓ Node ${process.versions.node}`,
    '✓ The packages are installed',
    '✓ The course is whole: 5 steps',
    '✓ git version',
    '· This folder is not a Git repository',
    '✓ You have not begun yet: npm run step 1',
    '✓ Your work can be saved; saves so far: 0',
    'All is well: npm run step',
  )
})

test('doctor says what is not right, all of it, and what to type', async () => {
  spawnSync('git', ['init', '--quiet'], { cwd: there.root })
  there.types({ '.course/position.json': 'what?', '.git/course/saves': 'a file' })
  there.deletes('steps/05-green-minus/README.md', 'node_modules')
  const { status, stdout } = await there.step('doctor')
  expect(status).toBe(1)
  const said = stdout.replace(/\s+/g, ' ')
  for (const piece of [
    '✗ These packages are missing: vitest, @vitest/coverage-v8, typescript, ioredis, ioredis-mock Type: npm ci',
    '✗ The course is damaged in one place Type: git status steps',
    '✗ The pre-commit hook is not installed Type: npm run prepare',
    '✗ .git/course/position.json cannot be read (it is not JSON) Type: npm run step',
    '✗ Your work cannot be saved in .git/course/saves',
    '5 things are not right.',
  ]) {
    expect(said).toContain(piece)
  }
  expect(there.reads('.git/course/position.json')).toBe('what?')
})

test('doctor says when git is missing', async () => {
  vi.stubEnv('PATH', '')
  const { stdout } = await there.step('doctor')
  expect(stdout.replace(/\s+/g, ' ')).toContain(
    'git could not be started (ENOENT): no commits, no diff Type:',
  )
})

test('doctor says when a walk was cut short, and how to finish it', async () => {
  there.types({ '.course/position.json': '{"step":"02-green-three","to":"03-refactor-own-file"}' })
  const { status, stdout } = await there.step('doctor')
  expect(status).toBe(1)
  expect(stdout.replace(/\s+/g, ' ')).toContain('✗ The walk to step 3 was cut short Type: npm run step 3')
  there.standsAt(2)
  expect(await there.step('doctor')).toSay('✓ You stand at step 2')
})
