import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { runNode } from '../testkit/matchers.ts'
import { ThrowawayCourse } from '../testkit/throwaway-course.ts'

const jiti = fileURLToPath(new URL('../../../node_modules/jiti/lib/jiti-cli.mjs', import.meta.url))
const tool = fileURLToPath(new URL('whose-change.ts', import.meta.url))

let there: ThrowawayCourse
beforeEach(() => {
  there = new ThrowawayCourse().commits()
})
afterEach(() => there[Symbol.dispose]())

const asked = (ref: string) => {
  const env = { TDD_COURSE_ROOT: there.root, GITHUB_OUTPUT: join(there.root, '.git', 'output') }
  return runNode([jiti, tool, ref], { from: there.root, env })
}

test("a learner's walk is told from a change of the project, to people and to workflows", () => {
  there.types({ 'docs/more.md': 'More.\n' })
  expect(asked('HEAD')).toSay('This is a change of the project.')
  expect(there.reads('.git/output')).toBe('learner=false\n')

  there.deletes('docs').standsAt(2)
  expect(asked('HEAD')).toSay("This is a learner's own walk, about at step 2 of 5.")
  expect(there.reads('.git/output')).toBe('learner=false\nlearner=true\n')
})

test('what cannot be compared is refused', () => {
  const { status, stderr } = asked('nowhere')
  expect(stderr).toContain(
    '✗ Expected a branch, a tag or a commit to compare with, but git knows none called',
  )
  expect(status).toBe(1)
})
