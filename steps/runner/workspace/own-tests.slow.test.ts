import { afterEach, beforeEach, expect, test } from 'vitest'
import { ThrowawayCourse } from '../testkit/throwaway-course.ts'

// A learner's own tests belong to the announcement once check has accepted them, or a commit has them.

let there: ThrowawayCourse
beforeEach(() => {
  there = new ThrowawayCourse().types({ 'package.json': '{"type":"module"}' }).commits()
  there.git('switch', '--quiet', '--create', 'ann')
  const sources = {
    'src/deep/add.ts': 'export const add = (one: number, other: number): number => other + one\n',
  }
  there.standsAt(3).types(sources).commits()
})
afterEach(() => there[Symbol.dispose]())

const head = "import { expect, test } from 'vitest'\nimport * as sum from '../src/index.ts'\n"
const mine = `\ntest('turns the sign', () => {\n  expect(sum.negate(7)).toBe(-7)\n})\n`
const answer = `export const add = (one: number, other: number): number => one + other
export const negate = (one: number): number => -one
`

const said = async (...words: readonly string[]) => {
  const { status, stdout, stderr } = await there.step(...words)
  return `${status} ${stdout}${stderr}`.replace(/\s+/g, ' ')
}
const commit = async () => {
  there.git('add', '--all')
  const judged = await said('gate', 'staged')
  if (judged.startsWith('0')) there.commits()
  return judged
}

test('a test that check has accepted counts for the verdict, the gate, and every later check', async () => {
  there.types({ 'test/mine.test.ts': head + mine })
  expect(await said('check')).toContain('✓ It fails now: TypeError')
  expect(await said('check'), 'it is the one at hand still').toContain('✓ It fails now: TypeError')
  expect(await commit(), 'a red of my own').toContain('0 ✓ gate · step 2, green')

  const red = await said('next')
  expect(red).toContain('✗ red, as it should be: "negates" fails with TypeError')
  expect(red).toContain('Yours as well: "turns the sign" fails with TypeError')
  expect(await commit()).toContain('✓ gate · step 4, red: exactly the announced failure')

  there.types({ 'src/index.ts': answer }).deletes('src/deep')
  expect(await said('next')).toContain('Step 5 of 5')
  expect(await commit()).toContain('✓ gate · step 5, green')
})

test('a test that was not accepted belongs to no step', async () => {
  there.types({ 'test/mine.test.ts': head + mine })
  expect(await said('next')).toContain('more fails than announced: "turns the sign" fails with TypeError')
  expect(await commit()).toContain('✗ tests more fails than announced: "turns the sign"')
})

test('a commit on another machine is enough', async () => {
  there.types({ 'test/mine.test.ts': head + mine }).commits()
  expect(await said('next')).toContain('Yours as well: "turns the sign"')
  // Of two that fail only one may be a red of its own.
  there
    .types({ 'src/index.ts': 'export const add = () => 3\nexport const negate = () => -1\n' })
    .deletes('src/deep')
  there
    .types({ 'test/mine.test.ts': `${head}${mine}${mine.replace('turns the', 'and turns the')}` })
    .commits()
  expect(await commit()).toContain('1 ✗ gate · step 5, green')
  expect(await said('check')).toContain('1 Working on')
})

test("a test in the course's file is left where it is, and the tests count as they were", async () => {
  there.types({
    'test/sum.test.ts': `${there.reads('test/sum.test.ts')}${mine}`.replace('{ add }', '* as sum'),
  })
  there.types({
    'test/sum.test.ts': (there.reads('test/sum.test.ts') ?? '').replace('expect(add(', 'expect(sum.add('),
  })
  expect(await said('check'), 'a changed test is said to be changed').toContain('It fails now')
  there.standsAt(4).types({ 'src/index.ts': answer }).deletes('src/deep')
  there.types({
    'test/sum.test.ts': `${there.reads('test/sum.test.ts')}\ntest('adds mine', () => {\n  expect(add(2, 2)).toBe(4)\n})\n`,
  })
  const green = await said('check')
  expect(green).toContain('✓ The tests are as they were.')
  expect(green).toContain('✓ All tests pass: 3.')
})

test("when the course's test comes into a file where I wrote, my own stay beside it", async () => {
  const note = '// a note of mine\n'
  there.types({ 'test/less.test.ts': `${head}${note}${mine}` })
  expect(await said('check')).toContain('✓ It fails now')
  const red = await said('next')
  expect(red).toContain(
    "Yours Your own tests are in test/less.mine.test.ts now, beside the course's test/less.test.ts.",
  )
  expect(red).toContain('✗ red, as it should be: "negates" fails')
  expect(there.reads('test/less.test.ts')).toBe(there.reads('steps/04-red-negates/test/less.test.ts'))
  expect(there.reads('test/less.mine.test.ts')).toBe(`${head}${note}${mine}`)

  // Again, with one that is there already, and with the course's own test among mine.
  const theirs = there.reads('test/less.test.ts') ?? ''
  const another = mine.replace('turns the sign', 'once more')
  there.types({ 'test/less.test.ts': `${theirs}${another}` })
  expect(await said('restore', 'tests')).toContain('Your own tests are in test/less.mine-2.test.ts now')
  expect(there.reads('test/less.mine-2.test.ts')).toBe(`${head}\n${another.trimStart()}`)
  expect(there.reads('test/less.test.ts')).toBe(theirs)
})

test("an own test with the name of the course's is kept as well", async () => {
  const same = mine.replace('turns the sign', 'negates')
  there.types({ 'test/less.test.ts': head + same })
  expect(await said('next')).toContain('Your own tests are in test/less.mine.test.ts now')
  expect(there.reads('test/less.mine.test.ts')).toBe(head + same)
})

test('solve leaves own tests beside the answer', async () => {
  there.standsAt(4)
  there.types({ 'test/less.test.ts': `${there.reads('test/less.test.ts')}${mine}` })
  expect(await said('solve')).toContain('Your own tests are in test/less.mine.test.ts now')
  expect(there.reads('test/less.mine.test.ts')).toContain('turns the sign')
  expect(there.reads('test/less.mine.test.ts')).not.toContain("test('negates'")
})
