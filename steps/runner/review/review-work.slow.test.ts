import { afterEach, beforeEach, expect, test } from 'vitest'
import { stepTexts, ThrowawayCourse } from '../testkit/throwaway-course.ts'

let there: ThrowawayCourse
beforeEach(() => {
  there = new ThrowawayCourse()
  there.types({ 'package.json': '{"type":"module"}' })
})
afterEach(() => there[Symbol.dispose]())

const own = 'export const add = (a: number, b: number): number => a + b // mine\n'

/** What it said, in one line, whatever the exit code. */
const said = ({ stdout, stderr }: { readonly stdout: string; readonly stderr: string }) =>
  (stdout + stderr).replace(/\s+/g, ' ')

test('from the first red to the last green with code of my own', async () => {
  there.standsAt(1)
  const early = await there.step('next')
  expect(early.status).toBe(1)
  expect(said(early)).toContain('✗ Not green yet: test/sum.test.ts could not run: Error: Cannot find module')
  expect(said(early)).toContain('You still stand at step 1, and nothing was touched.')

  there.types({ 'src/index.ts': own })
  expect(await there.step('next')).toSay(
    '✓ All tests pass: 1.',
    'Step 2 of 5 · ✓ GREEN · Three',
    'Kept Your work is now save 1.',
    'Verdict ✓ green, as it should be',
  )

  const unchanged = await there.step('next')
  expect(unchanged.status).toBe(1)
  expect(said(unchanged)).toContain('✗ src/ is what it was before')
  expect(await there.step('next', 'anyway')).toSay(
    '✓ src/ is what it was before: nothing to clean up in it.',
    'Step 3',
  )

  expect(await there.step('next')).toSay(
    'Step 4 of 5 · ✗ RED · Ask for less',
    'Verdict ✗ red, as it should be: "negates" fails with TypeError',
  )
  expect(there.work).toEqual({
    'src/index.ts': own,
    'test/sum.test.ts': there.reads('steps/01-red-adds/test/sum.test.ts'),
    'test/less.test.ts': there.reads('steps/04-red-negates/test/less.test.ts'),
  })

  const mine = `${own}export function negate(one: number): number {\n  return 0 - one\n}\n`
  there.types({ 'src/index.ts': mine })
  expect(await there.step('next')).toSay('Step 5 of 5 · ✓ GREEN · Minus')
  expect(there.reads('src/index.ts')).toBe(mine)
})

test('check before a green says what is still red, with expected and received, and what no test runs', async () => {
  there.standsAt(1)
  there.types({ 'src/index.ts': 'export const add = (a: number, b: number) => a - b\n' })
  const wrong = await there.step('check')
  expect(wrong.status).toBe(1)
  expect(said(wrong)).toContain('"adds" fails: AssertionError: expected -1 to be 3')
  expect(said(wrong)).toContain('expected 3 received -1')

  there.types({ 'src/index.ts': `${own}export const more = () => 4\n` })
  const uncovered = await there.step('check')
  expect(uncovered.status).toBe(1)
  expect(said(uncovered)).toContain(
    '✗ Not all of src/ is run by a test: src/index.ts, line 2: no test runs this function: export const more',
  )

  there.types({ 'src/index.ts': own })
  expect(await there.step('check')).toSay('✓ Every line and branch', 'npm run step next (to stand at step 2')
  // A success stops: it does not rush on.
  expect(there.reads('.course/position.json')).toBe('{"step":"01-red-adds"}\n')
})

test('check before a green does not accept a test that was made to fit', async () => {
  there.standsAt(1)
  const course = there.reads('test/sum.test.ts') ?? ''
  there.types({
    'src/index.ts': 'export const add = () => 4\n',
    'test/sum.test.ts': course.replace('toBe(3)', 'toBe(4)'),
  })
  const fitted = await there.step('check')
  expect(fitted.status).toBe(1)
  expect(said(fitted)).toContain('✗ A green leaves the tests alone, but test/sum.test.ts has changed.')

  expect(await there.step('restore', 'tests')).toSay('Your work is now save 1.')
  expect(there.work).toEqual({ 'src/index.ts': 'export const add = () => 4\n', 'test/sum.test.ts': course })
})

test('check before a refactor wants the same tests, other code, the same types and names', async () => {
  there.standsAt(2)
  const fine = 'export const add = (one: number, other: number) => one + other\n'
  there.types({ 'src/index.ts': fine })
  expect(await there.step('check')).toSay(
    '✓ The tests are as they were.',
    '✓ src/ has changed.',
    '✓ All tests pass: 1.',
    '✓ Every line and branch of src/ is run by a test.',
    '✓ The types hold.',
    '✓ src/index.ts exports the same names.',
  )
  there.types({ 'src/index.ts': `${fine}export const four: string = 4\nexport type Four = 4\n` })
  const worse = await there.step('check')
  expect(worse.status).toBe(1)
  expect(said(worse)).toContain("error TS2322: Type 'number' is not assignable to type 'string'.")
  expect(said(worse)).toContain('A refactor keeps what src/index.ts exports; these are new: four Callers')
})

test('check before a refactor notices tests that changed, tests that fail, and names that are gone', async () => {
  there.standsAt(2)
  const course = there.reads('test/sum.test.ts') ?? ''
  there.types({
    'src/index.ts': 'export const plus = () => 4\n',
    'test/sum.test.ts': course.replace('toBe(3)', 'toBe(4)'),
  })
  const refused = await there.step('check')
  expect(refused.status).toBe(1)
  expect(said(refused)).toContain('✗ A refactor leaves the tests alone, but test/sum.test.ts has changed.')
  expect(said(refused)).toContain('✗ Not green yet: "adds" fails: TypeError: ')
  expect(said(refused)).toContain('· Coverage: only when all tests pass.')
  expect(said(refused)).toContain(
    '✗ A refactor keeps what src/index.ts exports; these are gone: add; these are new: plus',
  )
  there.types({ 'src/index.ts': 'export const add = (' })
  expect(said(await there.step('check'))).toContain('✗ src/index.ts cannot be parsed.')
})

test('check before a refactor of tests wants the same tests in other words, and src/ as it was', async () => {
  const course = there.reads('test/less.test.ts') ?? ''
  const better = (name: string) =>
    course
      .replaceAll('sum.negate(1)', `${name}(1)`)
      .replace("\ntest('neg", `\nconst ${name} = sum.negate\n$&`)
  there.types({
    ...stepTexts('06-refactor-one-name', 'One name', 'less'),
    'steps/06-refactor-one-name/test/less.test.ts': better('negate'),
  })
  there.standsAt(5)
  expect(await there.step()).toSay('Your turn: clean up in test/')
  const idle = await there.step('check')
  expect(idle.status).toBe(1)
  expect(said(idle)).toContain('✗ test/ is what it was before: nothing is refactored yet.')

  there.types({ 'test/less.test.ts': better('mine') })
  expect(await there.step('check')).toSay(
    '✓ The same tests are there: 2.',
    '✓ src/ is as it was.',
    '✓ test/ has changed.',
    '✓ All tests pass: 2.',
    'npm run step next',
  )
  const code = there.reads('src/index.ts') ?? ''
  there.types({ 'src/index.ts': `${code}// changed\n` })
  expect(said(await there.step('check'))).toContain(
    '✗ A refactor of tests leaves src/ alone, but it has changed.',
  )
  there.types({
    'src/index.ts': code,
    'test/less.test.ts': better('mine').replace("'negates'", "'negates well'"),
  })
  expect(said(await there.step('check'))).toContain(
    '✗ A refactor of tests keeps them all; these are gone: "negates"; these are new: "negates well"',
  )

  there.types({ 'test/less.test.ts': better('mine') })
  expect(await there.step('next')).toSay('Step 6 of 6', 'Your work is now save', 'as it should be')
  expect(there.reads('test/less.test.ts'), 'the course goes on with its own').toBe(better('negate'))
})

test('check notices an error that no test catches', async () => {
  there.standsAt(1)
  there.types({ 'src/index.ts': `${own}void Promise.reject(new Error('not awaited'))\n` })
  const refused = await there.step('check')
  expect(refused.status).toBe(1)
  expect(said(refused)).toContain('an error that no test caught: Error: not awaited')
})

/** A test of the learner's own for step 4. */
const asking = (body: string, name = 'negates mine') =>
  `import { expect, test } from 'vitest'\nimport * as sum from '../src/index.ts'\n\ntest('${name}', () => {\n  ${body}\n})\n`

test('check before a red: my own test fails now, passes on the answer, and fails on wrong answers', async () => {
  there.standsAt(3)
  there.types({ 'test/mine.test.ts': asking('expect(sum.negate(2)).toBe(-2)') })
  expect(await there.step('check')).toSay(
    '✓ It fails now: TypeError: ',
    'It alone; the other passes.',
    "✓ It passes on the course's own answer.",
    '✓ It fails on 2 wrong answers: an answer that gives back what it got an answer that has all the names, and does nothing So it asks for the behaviour',
    "npm run step next (brings the course's test; yours stays beside it, and counts from now on)",
  )
})

test.each([
  [
    'is too weak',
    asking('expect(sum.negate(0)).toBe(0 * sum.negate(0))'),
    'It is too weak: it passes on 1 of 2 wrong answers.',
  ],
  ['passes already', asking('expect(sum.add(1, 2)).toBe(3)'), '"negates mine" passes already.'],
  ['cannot run', asking('expect('), 'Amber, not red: test/mine.test.ts could not run.'],
  ['is never right', asking('expect(sum.negate(2)).toBe(2)'), "It does not pass on the course's own answer:"],
  [
    'throws by itself',
    asking("throw new Error('oops')"),
    'neither by an assertion nor by a missing name: Error: oops',
  ],
  [
    'is two',
    asking('expect(sum.negate(2)).toBe(-2)') +
      asking('expect(sum.negate(3)).toBe(-3)', 'two').replace(/^import.*\n/gm, ''),
    'One new test at a time, but there are 2: "negates mine", "two".',
  ],
  // A sabotage: the course has to refuse a learner's test that is skipped.
  [
    'is skipped',
    asking('expect(1).toBe(1)').replace("test('", "test.skip('"),
    'is skipped, and proves nothing.',
  ],
  ['is not there', asking('').replace(/test\('.*/s, ''), 'Amber, not red'],
])('check before a red: my own test %s', async (_, text, verdict) => {
  there.standsAt(3)
  there.types({ 'test/mine.test.ts': text })
  const judged = await there.step('check')
  expect(judged.status).toBe(1)
  expect(said(judged)).toContain(verdict)
})

test('check before a red without a new test says which line of the list is next', async () => {
  there.standsAt(3)
  const nothing = await there.step('check')
  expect(nothing.status).toBe(1)
  expect(said(nothing)).toContain(
    'There is no new test of yours to check. The next line of the test list: negates',
  )
})

test("solve takes the course's answer, and mine is a save", async () => {
  there.standsAt(1)
  there.types({ 'src/index.ts': own })
  expect(await there.step('solve')).toSay('Step 2 of 5', 'Your work is now save 1.')
  expect(there.reads('src/index.ts')).toBe(there.reads('steps/02-green-three/src/index.ts'))
  expect(said(await there.step('restore', '1'))).toContain('Step 1 of 5')
  expect(there.reads('src/index.ts')).toBe(own)
  expect(await there.step('2')).toSay('Step 2 of 5')
})

test('a step that I have worked on before says so, and how to get it back', async () => {
  there.standsAt(2)
  there.types({ 'src/index.ts': own })
  await there.step('3')
  expect(await there.step('2')).toSay(
    'Yours You have worked on this step before: save 1. To get it back: npm run step restore 1',
  )
  there.types({ 'src/own.ts': 'export {}\n' })
  const restored = await there.step('restore', '1')
  expect(said(restored)).toContain('Step 2 of 5')
  expect(said(restored), 'it stands there now').not.toContain('You have worked on this step before')
  expect(there.reads('src/index.ts')).toBe(own)
})

test('words that do not belong are refused', async () => {
  there.standsAt(1)
  expect(await there.step('next', 'please')).toRefuse(
    '"next" takes the word anyway, or nothing, but this came: please',
  )
  expect(await there.step('next', 'anyway')).toRefuse(
    'Only a refactor can be left out, and step 2 is a green.',
  )
  there.standsAt(5)
  for (const word of ['check', 'solve', 'next']) {
    expect(await there.step(word)).toRefuse('you stand at step 5, the last', 'npm run step 1')
  }
})

test.each([
  [
    'an excuse',
    { 'src/index.ts': `${own}/* v8 ignore\nnext 3 */\nexport const more = () => 4\n` },
    'src/index.ts, line 2: "v8 ignore next 3" hides this from the measuring',
  ],
  [
    'a file that is no TypeScript',
    {
      'src/index.ts': "export { add } from './add.js'\n",
      'src/add.js': 'export const add = (a, b) => a + b\nexport const more = () => 4\n',
    },
    'src/add.js, line 2: no test runs this function',
  ],
])('check before a green finds what %s hides from the coverage', async (_, files, gap) => {
  there.standsAt(1).types(files)
  const judged = await there.step('check')
  expect(judged.status).toBe(1)
  expect(said(judged)).toContain(`✗ Not all of src/ is run by a test: ${gap}`)
})

test('check names the files of src/ that it does not measure', async () => {
  there.standsAt(1).types({ 'src/index.ts': own, 'src/data.json': '{}' })
  expect(await there.step('check')).toSay('Not measured, since Node does not run it: src/data.json')
})

test('check before a green says that the types do not hold, with paths from the root, and still passes', async () => {
  there.standsAt(1).types({ 'src/index.ts': `${own.trim()}\nconst wrong: number = 'x'\nvoid wrong\n` })
  expect(await there.step('check')).toSay(
    '▲ The types do not hold, and the next refactor will not go through like that:',
    ' src/index.ts(2,7): error TS2322',
    'npm run step next',
  )
})

test('check before a red looks at the types of src/ alone: its test names what is not there yet', async () => {
  there.standsAt(3).types({ 'test/mine.test.ts': asking('expect(sum.negate(2)).toBe(-2)') })
  expect(await there.step('check')).toSay('✓ It fails now: TypeError: ', '✓ The types hold.')
  there.types({ 'src/other.ts': "export const wrong: number = 'x'\n" })
  expect(await there.step('check')).toSay('▲ The types do not hold', 'src/other.ts(1,14): error TS2322')
})

test('a test that does not end is told as it is, with how many others fail', async () => {
  const late = "test('waits', () => new Promise(() => {}), 60)\n"
  there.standsAt(2).types({
    'src/index.ts': 'export const add = () => 4\n',
    'test/mine.test.ts': `import { expect, test } from 'vitest'\n${late}test('fails', () => expect(1).toBe(2))\n`,
  })
  const green = said(await there.step('check'))
  expect(green).toContain('✗ Not green yet: "waits" timed out after 0.06 s "fails" fails: AssertionError')
  expect(green).toContain('"adds" fails: AssertionError: expected 4 to be 3')

  there.standsAt(3).types({ 'test/mine.test.ts': `import { test } from 'vitest'\n${late}` })
  expect(said(await there.step('check'))).toContain('✗ Amber, not red: "waits" timed out after 0.06 s.')
  expect(said(await there.step('3'))).toContain('red, but it should be green: "waits" timed out after 0.06 s')
})

test("an error that the course's answer takes away is a red, and so is the announced one", async () => {
  there.standsAt(3).types({
    'test/mine.test.ts': asking(
      "if (!('negate' in sum)) throw new Error('no way to negate')\n  expect(sum.negate(2)).toBe(-2)",
    ),
  })
  expect(await there.step('check')).toSay(
    '✓ It fails now: Error: no way to negate',
    "passes on the course's own answer",
  )
  const contract = there.reads('steps/04-red-negates/step.yaml') ?? ''
  there.types({
    'steps/04-red-negates/step.yaml': contract
      .replace('TypeError', 'Error')
      .replace('negate is not a function', 'oops'),
    'test/mine.test.ts': asking("throw new Error('oops')"),
  })
  const announced = said(await there.step('check'))
  expect(announced).toContain('✓ It fails now: Error: oops')
  expect(announced).toContain("✗ It does not pass on the course's own answer:")
})

test('a test that only asks whether the name is there is too weak, in every chapter', async () => {
  there.standsAt(3).types({ 'test/mine.test.ts': asking("expect(sum).toHaveProperty('negate')") })
  const weak = said(await there.step('check'))
  expect(weak).toContain(
    '✗ It is too weak: it passes on 2 of 2 wrong answers. It does not notice an answer that gives back what it got. It does not notice an answer that has all the names, and does nothing.',
  )
  expect(weak).not.toContain('So it asks for the behaviour')
})

test('names that come by another way are the same names', async () => {
  there.standsAt(2).types({
    'src/index.ts': "export * from './sum.ts'\n",
    'src/sum.ts': 'export const { add } = { add: (one: number, other: number): number => one + other }\n',
  })
  expect(await there.step('check')).toSay('✓ src/index.ts exports the same names.')
})

test("what the course's own test does not notice is no wrong answer, and nothing is praised for it", async () => {
  const same = "expect(Object.keys(sum)).toContain('negate')"
  const theirs = there.reads('steps/04-red-negates/test/less.test.ts') ?? ''
  const contract = there.reads('steps/05-green-minus/step.yaml') ?? ''
  there.types({
    'steps/05-green-minus/step.yaml': contract.replace(/wrong:[^]*(?=hints:)/, ''),
    'steps/04-red-negates/test/less.test.ts': theirs.replace('expect(sum.negate(1)).toBe(-1)', same),
  })
  there.standsAt(3).types({ 'test/mine.test.ts': asking(same) })
  const judged = await there.step('check')
  expect(judged).toSay('✓ It fails now: AssertionError', '✓ This step has no wrong answers to try it on.')
  expect(judged.stdout).not.toContain('So it asks for the behaviour')
})
