import { readFileSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { stateAt } from '../course/state.ts'
import { ThrowawayCourse } from '../testkit/throwaway-course.ts'

let there: ThrowawayCourse
beforeEach(() => {
  there = new ThrowawayCourse()
  there.types({ 'package.json': '{\n  "type": "module"\n}\n' }).commits()
})
afterEach(() => there[Symbol.dispose]())

/** What the hook does before a commit of everything. */
async function commit() {
  there.git('add', '--all')
  return await there.step('gate', 'staged')
}

/** What a learner has committed before: code of their own, at step 3. */
function begun() {
  there
    .standsAt(3)
    .types({ 'src/deep/add.ts': `${add}// mine\n` })
    .commits()
}

/** What the gate said when it did not let pass, in one line. */
function refused({ status, stderr }: Awaited<ReturnType<typeof commit>>): string {
  expect(status).toBe(1)
  return stderr.replace(/\s+/g, ' ')
}

const add = 'export const add = (one: number, other: number) => one + other\n'

test("at a learner's red, exactly the announced failure may be committed", async () => {
  begun()
  there.standsAt(4)
  expect(await commit()).toSay('✓ gate · step 4, red: exactly the announced failure')

  there.types({ 'src/index.ts': 'export const add = () => 4\n' })
  expect(refused(await commit())).toContain(
    '✗ gate · step 4 to 5: exactly the announced failure, or all tests and all of src/ covered ✗ tests more fails than announced: "adds" fails with',
  )
})

test('at an answered red, the rule of its green applies', async () => {
  begun()
  there.standsAt(4).types({ 'src/index.ts': `${add}export const negate = (one: number) => -one\n` })
  there.deletes('src/deep')
  expect(await commit()).toSay('✓ gate · step 5, green: all tests, all of src/ covered')

  there.types({
    'src/index.ts': `${add}export const negate = (one: number) => -one\nexport const more = () => 1\n`,
  })
  expect(refused(await commit())).toContain('✗ coverage src/index.ts:3: no test runs this function')
})

test("at a learner's green, tests and coverage decide about what is staged, and not about what is not", async () => {
  there.standsAt(2)
  expect(await commit()).toSay('✓ gate · step 2, green: all tests, all of src/ covered')

  there.types({ 'src/index.ts': 'not even code' })
  expect(await there.step('gate', 'staged')).toSay('✓ gate · step 2, green')
  expect(refused(await commit())).toContain(
    '✗ gate · step 1 to 2: exactly the announced failure, or all tests and all of src/ covered ✗ tests amber: test/sum.test.ts could not run.',
  )
})

test('what .gitignore leaves out is not to be tracked, at any step, staged or not', async () => {
  there.standsAt(2).types({ '.course/position.json': '{"step":"01-red-adds"}' })
  there.git('add', '--force', '.course/position.json')
  const before = there.seen()
  for (const words of [['gate', 'staged'], ['gate']]) {
    expect(refused(await there.step(...words))).toContain(
      '✗ tracked files .course/position.json is tracked, and git is to ignore it To fix: git rm -r --cached',
    )
  }
  expect(there.seen()).toEqual(before)
  // What only this machine ignores does not count.
  there.git('rm', '--quiet', '--cached', '.course/position.json')
  there.types({ '.git/info/exclude': 'package.json\n' })
  expect(await commit()).toSay('✓ gate · step 2, green')
})

test('a link that a branch tracks in place of .course is refused before anything runs', async () => {
  there.types({ 'elsewhere/mine.txt': 'mine' })
  symlinkSync(there.path('elsewhere'), there.path('.course'))
  there.git('add', '--force', '.course')
  there.deletes('.course')
  const before = there.seen()
  expect(refused(await there.step('gate', 'staged'))).toContain('✗ tracked files .course is tracked')
  expect(there.seen()).toEqual(before)
})

test.each(['post-checkout', 'post-merge', 'pre-push'])(
  'a %s hook is refused: husky would run it',
  async (hook) => {
    there.standsAt(2).types({ [`.husky/${hook}`]: 'touch elsewhere\n', '.husky/pre-commit': 'true\n' })
    expect(refused(await commit())).toContain(`✗ hooks .husky/${hook}: git would run it in every clone`)
    there.deletes(`.husky/${hook}`)
    expect(await commit()).toSay('✓ gate · step 2, green')
  },
)

test('the remembered position decides nothing', async () => {
  // The finished code changed alone, with a position that says step 2, made by hand.
  there.types({
    '.course/position.json': '{"step":"02-green-three"}',
    'src/index.ts': `${there.reads('src/index.ts')}// more\n`,
  })
  expect(refused(await commit())).toContain('✗ the course src/index.ts: it differs from the last step')
  there.types({ '.course/position.json': '{"step":' })
  expect((await there.step('gate', 'staged')).status).toBe(1)
  // And the other way round.
  there.types({ '.course/position.json': '{"step":"05-green-minus"}' })
  for (const [path, bytes] of stateAt(there.course, 2)) there.types({ [path]: bytes.toString() })
  there.deletes('test/less.test.ts')
  expect(await commit()).toSay('✓ gate · step 2, green: all tests, all of src/ covered')
})

test('a learner who has code of their own may commit it at the last step as well', async () => {
  begun()
  there.standsAt(5).types({ 'src/index.ts': `${there.reads('src/index.ts')}// mine\n` })
  expect(await commit()).toSay('✓ gate · step 5, green: all tests, all of src/ covered')
})

test("a walker may commit the course's own step before the last", async () => {
  there.standsAt(4)
  expect(await commit()).toSay('✓ gate · step 4, red: exactly the announced failure')
})

test('at a red, tests that cannot run are not the announced failure', async () => {
  begun()
  there.standsAt(4).types({ 'test/less.test.ts': 'not even code' })
  expect(refused(await commit())).toContain('✗ tests amber: test/less.test.ts could not run.')
})

test('at a refactor, tests and coverage decide', async () => {
  there.standsAt(3)
  expect(await commit()).toSay('✓ gate · step 2, green: all tests, all of src/ covered')
  there.types({ 'src/deep/add.ts': 'export const add = () => 4\n' })
  expect(refused(await commit())).toContain(
    '✗ tests red for another reason: "adds" was expected to fail with',
  )
  there.types({ 'src/deep/add.ts': `${add}export const more = () => 1\n` })
  expect(refused(await commit())).toContain('✗ coverage src/deep/add.ts:2: no test runs this function')
})

test('the gate sees what is hidden from the coverage, at the last step as well', async () => {
  // Hidden on purpose: the gate has to notice.
  const hidden = '/* v8 ignore next */\nexport const more = () => 1\n'
  there.standsAt(2).types({ 'src/index.ts': `${add}${hidden}` })
  expect(refused(await commit())).toContain(
    '✗ coverage src/index.ts:2: "v8 ignore next" hides this from the measuring',
  )
  there.standsAt(5).types({ 'src/index.ts': `${there.reads('src/index.ts')}${hidden}` })
  expect(refused(await commit())).toContain('✗ coverage src/index.ts:3: "v8 ignore next" hides this')
})

test('the gate takes one word', async () => {
  expect(await there.step('gate', 'stages')).toRefuse(
    '"gate" takes the word staged, or nothing, but this came: stages',
  )
})

describe('at the last step', () => {
  const repository = fileURLToPath(new URL('../../..', import.meta.url))
  beforeEach(() => {
    for (const path of ['tsconfig.json', 'configs/oxlint.json', 'configs/oxfmt.json']) {
      there.types({ [path]: readFileSync(join(repository, path), 'utf8') })
    }
    there.commits()
  })

  /** Adds a line to the code of the last step, in the step as well. */
  const adds = (line: string) => {
    const text = `${there.reads('src/index.ts')}${line}\n`
    there.types({ 'src/index.ts': text, 'steps/05-green-minus/src/index.ts': text })
  }

  test('everything has to hold, and the course is proven when it changes', async () => {
    there.types({ 'notes.txt': 'mine' })
    expect(await commit()).toSay('✓ gate · last step: tests, coverage, types, lint, format, as in steps/')
    adds('// a word')
    expect(await commit()).toSay(
      '✓ gate · last step: tests, coverage, types, lint, format, the course proven',
    )
  })

  test('it says all that is wrong with what was added, and how to fix each', async () => {
    adds('export const more = () => 1')
    adds('export const four: string = 4')
    adds('export const any: any = 4')
    adds('export const five  =  5')
    const findings = refused(await commit())
      .split('✗ ')
      .slice(2)
    const wrong: readonly (readonly [string, string])[] = [
      ['coverage', 'src/index.ts:3: no test runs this function'],
      ['types', "error TS2322: Type 'number' is not assignable"],
      ['lint', 'typescript(no-explicit-any)'],
      ['format', 'src/index.ts'],
      ['the course', 'src/index.ts: line 3: no test runs this'],
    ]
    for (const [index, [check, says]] of wrong.entries()) {
      expect(findings[index]).toMatch(new RegExp(`^${check} `))
      expect(findings[index]).toContain(says)
      expect(findings[index]).toContain('To fix: ')
    }
    expect(findings).toHaveLength(wrong.length)
  })

  test('it says all that is wrong with tests and steps, and how to fix each', async () => {
    adds('throw new Error("oops")')
    there.types({ 'steps/05-green-minus/src/index.ts': `${there.reads('src/index.ts')}// a word\n` })
    there.deletes('steps/02-green-three')
    const said = refused(await commit())
    const wrong: readonly (readonly [string, string])[] = [
      ['tests', 'amber: test/less.test.ts could not run. Error: oops'],
      ['the course', 'steps/03-refactor-own-file: step 2 is missing before it'],
      ['the course', 'src/index.ts: it differs from the last step'],
    ]
    for (const [check, says] of wrong) {
      expect(said).toContain(`✗ ${check} `)
      expect(said).toContain(says)
      expect(said.slice(said.indexOf(`✗ ${check} `))).toContain('To fix: ')
    }
  })
})
