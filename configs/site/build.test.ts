import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { stepTexts, ThrowawayCourse } from '../../steps/runner/testkit/throwaway-course.ts'
import { built } from './build.ts'

test('of a course that is not proven no site is made, and the one that is there stays', () => {
  using there = new ThrowawayCourse(stepTexts('01-green-nothing', 'Nothing', 'sum'))
  const before = readFileSync(join(built, 'index.html'), 'utf8')
  const main = fileURLToPath(new URL('main.ts', import.meta.url))
  const { status, stderr } = spawnSync(process.execPath, ['--import', 'jiti/register', main], {
    cwd: fileURLToPath(new URL('../..', import.meta.url)),
    env: { ...process.env, TDD_COURSE_ROOT: there.root },
    encoding: 'utf8',
  })
  expect(stderr).toContain('✗ The course is not proven, so there is nothing to publish.')
  expect(stderr).toContain('Type: npm run step verify')
  expect(status).toBe(1)
  expect(readFileSync(join(built, 'index.html'), 'utf8')).toBe(before)
})
