import { afterEach, beforeEach, expect, test } from 'vitest'
import { stateAt } from '../course/state.ts'
import { printingTo } from '../terminal/print.ts'
import { sayVerdict } from '../workspace/say-verdict.ts'
import { ThrowawayCourse } from '../testkit/throwaway-course.ts'

let there: ThrowawayCourse
beforeEach(() => {
  there = new ThrowawayCourse().types({ 'package.json': '{"type":"module"}' })
})
afterEach(() => there[Symbol.dispose]())

const own = 'export const add = (a: number, b: number): number => a + b // mine\n'

test('chapter goes to the beginning of one, by its number or its name', async () => {
  expect((await there.step('chapter', '2')).stdout).toContain('Step 4 of 5')
  expect((await there.step('chapter', 'sum')).stdout).toContain('Step 1 of 5')
  for (const typed of [[], ['3'], ['nonsense']]) {
    expect(await there.step('chapter', ...typed)).toRefuse(
      'Expected the number of a chapter (1 to 2)',
      '2 less: from step 4',
    )
  }
})

test('lesson shows the lesson here, as it reads, and of any step', async () => {
  there.standsAt(4).types({
    'steps/02-green-three/README.md':
      '# Three\n\nSome *plain* prose, with `code` and a [link](http://x.y).\n\n```ts\nconst a = 1\n```\n\n- one\n- two\n\n1. first\n',
  })
  expect((await there.step('lesson')).stdout).toContain('Ask for less')
  expect((await there.step('lesson', '2')).stdout).toBe(
    '\n Three\n\n Some plain prose, with `code` and a link.\n\n │ const a = 1\n · one\n · two\n 1. first\n\n steps/02-green-three/README.md\n\n',
  )
  expect(await there.step('lesson', '9')).toRefuse('Expected the number of a step (1 to 5), but "9" came.')
})

test('undo takes back the last command that wrote files, whatever was there, and undo again is as if never typed', async () => {
  expect(await there.step('undo')).toRefuse('There is nothing to take back', 'npm run step saves')
  there.standsAt(2).types({ 'src/index.ts': own, 'src/own.ts': 'mine\n' }).deletes('test/sum.test.ts')
  const before = there.work
  await there.step('3')
  const after = there.work
  expect(after['src/index.ts']).not.toBe(own)
  expect((await there.step('undo')).stdout).toContain('Step 2 of 5')
  expect(there.work).toEqual(before)
  await there.step('undo')
  expect(there.work).toEqual(after)
})

test('undo takes away what a command has brought beside', async () => {
  there
    .standsAt(3)
    .types({ 'test/less.test.ts': "import { test } from 'vitest'\n\ntest('mine', () => {})\n" })
  const before = there.work
  await there.step('next')
  expect(Object.keys(there.work)).toContain('test/less.mine.test.ts')
  await there.step('undo')
  expect(there.work).toEqual(before)
})

test('reset brings the step anew, or all of them with the hints forgotten, and mine is a save', async () => {
  there.standsAt(2).types({ 'src/index.ts': own })
  await there.step('hint')
  expect(await there.step('reset')).toSay('Step 2 of 5', 'Your work is now save 1.')
  expect(there.reads('src/index.ts')).toBe(there.reads('steps/02-green-three/src/index.ts'))
  expect(await there.step('hint')).toSay('Hint 2 of 2')
  expect(await there.step('reset', 'all')).toSay('Step 1 of 5')
  there.standsAt(2)
  expect((await there.step('hint')).stdout).not.toContain('Hint 2 of 2')
  expect(await there.step('reset', 'everything')).toRefuse('"reset" takes the word all, or nothing')
})

test("skip leaves a cycle out with the course's answer, and a refactor with mine", async () => {
  there.standsAt(1).types({ 'src/index.ts': own })
  expect(await there.step('skip')).toSay('Step 3 of 5', 'Your work is now save 1.')
  await there.step('skip')
  expect((await there.step('skip')).stderr).toContain('you stand at step 5, the last')
  there.standsAt(2).types({ 'src/index.ts': own })
  expect(await there.step('skip')).toSay('Step 3 of 5')
  expect(there.reads('src/index.ts')).toBe(own)
})

test('diff save shows what I have changed since, own files as well', async () => {
  there.standsAt(2).types({ 'src/index.ts': own, 'src/own.ts': 'one\n' })
  await there.step('3')
  there.types({ 'src/own.ts': 'two\n' })
  const { stdout } = await there.step('diff', 'save', '1')
  expect(stdout).toContain('--- save-1/src/own.ts')
  expect(stdout).toContain('+two')
  expect(stdout).toContain('-export const add = (a: number, b: number): number => a + b // mine')
  expect((await there.step('diff', 'save')).stdout).toBe(stdout)
  expect(await there.step('diff', 'save', '7')).toRefuse('There is no save 7: the saves are 1.')
})

test('the title of a green is hidden from a learner who has not reached it', async () => {
  there.standsAt(4).types({ 'steps/05-green-minus/README.md': '# The answer in a word\n\nWhy.\n' })
  for (const words of [[], ['list'], ['check'], ['hint'], ['nonsense']]) {
    const { stdout, stderr } = await there.step(...words)
    expect(stdout + stderr, words.join(' ')).not.toContain('The answer in a word')
  }
  there.standsAt(5)
  expect((await there.step('list')).stdout).toContain('The answer in a word')
})

test('at the last step with changes, next and check say what to type', async () => {
  there.types({ 'src/index.ts': `${there.reads('src/index.ts')}// mine\n` })
  for (const word of ['next', 'check']) {
    expect(await there.step(word)).toRefuse(
      'You have changed src/index.ts. What exactly: npm run step diff',
      'The course as it was: npm run step last',
    )
  }
})

test('of 200 saves the latest are listed, and a number that there is not is refused in one line', async () => {
  for (let number = 1; number <= 200; number++) {
    const folder = `.course/saves/${String(number).padStart(3, '0')}-2026-01-02T030405Z-step-02-green-three`
    there.types({ [`${folder}/src/index.ts`]: `mine ${number}\n` })
  }
  const listed = await there.step('saves')
  expect(listed).toSay('200 2026-01-0', '181 2026-01-0', '… and 180 earlier: npm run step saves all')
  expect(listed.stdout).not.toContain('180  2026')
  expect((await there.step('saves', 'all')).stdout).toContain('  1  2026-01-0')
  expect(await there.step('restore', '201')).toRefuse(
    'There is no save 201: the saves are 1, 2, 3 … 198, 199, 200.',
  )
})

test('step 1 offers a branch of my own where I have none', async () => {
  there.commits()
  there.git('branch', '--move', 'main')
  const offer = 'Work on a branch of your own, with your name: git switch -c ann'
  expect((await there.step('1')).stdout.replace(/\s+/g, ' ')).toContain(offer)
  expect(await there.step()).toSay(offer)
  there.git('switch', '--quiet', '--create', 'ann')
  expect((await there.step()).stdout).not.toContain('Work on a branch')
})

test('what is judged is what was written, when another runner has written something else meanwhile', async () => {
  const { course } = there.standsAt(5)
  const [, green] = course.steps
  let said = ''
  const stdout = (text: string) => void (said += text)
  await printingTo({ stdout, stderr: stdout }, () => sayVerdict(course, green!, stateAt(course, 2)))
  expect(said).toContain('green, as it should be: 1 test passes')
})
