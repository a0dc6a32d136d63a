import { afterEach, beforeEach, expect, test } from 'vitest'
import { ThrowawayCourse } from './throwaway.ts'

let there: ThrowawayCourse
beforeEach(() => {
  there = new ThrowawayCourse()
  there.types({ '.gitignore': 'node_modules\n.course/\n' })
  there.git('init', '--quiet')
  there.git('add', '--all')
})
afterEach(() => there[Symbol.dispose]())

/** What the hook does before a commit of everything. */
function commit() {
  there.git('add', '--all')
  return there.step('gate', 'staged')
}

/** What the gate said when it did not let pass, in one line. */
function refused({ status, stderr }: ReturnType<typeof commit>): string {
  expect(status).toBe(1)
  return stderr.replace(/\s+/g, ' ')
}

const add = 'export const add = (one: number, other: number) => one + other\n'

test("at a learner's red, exactly the announced failure may be committed", () => {
  there.standsAt(4)
  expect(commit()).toSay('✓ gate · step 4, red: exactly the announced failure')

  there.types({ 'src/index.ts': 'export const add = () => 4\n' })
  expect(refused(commit())).toContain(
    '✗ gate · step 4, red: exactly the announced failure ✗ tests more fails than announced: "adds" fails with',
  )
})

test('at an answered red, the rule of its green applies', () => {
  there.standsAt(4).types({ 'src/index.ts': `${add}export const negate = (one: number) => -one\n` })
  there.deletes('src/deep')
  expect(commit()).toSay('✓ gate · step 4, red, and it is answered: all tests, all of src/ covered')

  there.types({
    'src/index.ts': `${add}export const negate = (one: number) => -one\nexport const more = () => 1\n`,
  })
  expect(refused(commit())).toContain('✗ coverage src/index.ts:3: no test runs this function')
})

test("at a learner's green, tests and coverage decide about what is staged, and not about what is not", () => {
  there.standsAt(2)
  expect(commit()).toSay('✓ gate · step 2, green: all tests, all of src/ covered')

  there.types({ 'src/index.ts': 'not even code' })
  expect(there.step('gate', 'staged')).toSay('✓ gate · step 2, green')
  expect(refused(commit())).toContain(
    '✗ gate · step 2, green: all tests, all of src/ covered ✗ tests amber: test/sum.test.ts could not run.',
  )
})

test('where the learner stands is not guessed', () => {
  there.types({ '.course/position.json': '{"step":' })
  expect(commit()).toRefuse('Where you stand is not known')
})
