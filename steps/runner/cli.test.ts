import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { run } from './cli.ts'
import { ThrowawayCourse } from './testkit/throwaway-course.ts'

let there: ThrowawayCourse
beforeEach(() => {
  there = new ThrowawayCourse()
})
afterEach(() => there[Symbol.dispose]())

test('without a word it says where I am and what now', async () => {
  expect(await there.step()).toSay(
    'Step 5 of 5 · ✓ GREEN · Minus',
    'Chapter 2 of 2 · less ✗✓ 2 of 2 steps [✓] negates',
    'The idea Why Minus.',
    'Lesson steps/05-green-minus/README.md',
    "Your work src/ and test/ are the course's own",
    'Next npm run step 1',
  )
})

test('it says what I have changed', async () => {
  there.types({ 'src/index.ts': 'mine', 'src/own.ts': 'mine' }).deletes('test/sum.test.ts')
  expect(await there.step()).toSay('you have changed src/index.ts, and deleted test/sum.test.ts')
})

test('list shows the whole course and my place in it', async () => {
  expect(await there.standsAt(3).step('list')).toSay(
    'Chapter 1 of 2 · sum',
    '2 ✓ green Three',
    '→ 3 ◆ refactor A file of its own',
    '4 ✗ red Ask for less',
  )
})

test.each<{ readonly word: string; readonly pieces: readonly string[] }>([
  {
    word: '0',
    pieces: ['There is no step 0: the course has the steps 1 to 5.', 'Did you mean: npm run step 1'],
  },
  {
    word: '999',
    pieces: ['There is no step 999: the course has the steps 1 to 5.', 'Did you mean: npm run step 5'],
  },
  { word: '-1', pieces: ['There is no step -1', 'Did you mean: npm run step 4'] },
  { word: '3.5', pieces: ['There is no step 3.5', 'Did you mean: npm run step 3'] },
  { word: '9'.repeat(30), pieces: ['There is no step 999999', 'Did you mean: npm run step 5'] },
  { word: 'abc', pieces: ['"abc" is neither the number of a step (1 to 5) nor a word of the course.'] },
  { word: 'nxet', pieces: ['"nxet" is neither', 'Did you mean: npm run step next'] },
  { word: '--list', pieces: ['"--list" is neither', 'Did you mean: npm run step list'] },
  { word: 'NEXT', pieces: ['"NEXT" is neither', 'Did you mean: npm run step next'] },
  { word: 'own-fiel', pieces: ['"own-fiel" is neither', 'Did you mean: npm run step 3'] },
  { word: 'constructor', pieces: ['"constructor" is neither'] },
  { word: '', pieces: ['Expected the number of a step (1 to 5) or a word, but nothing came.'] },
  { word: ' ', pieces: ['Expected the number of a step (1 to 5) or a word, but nothing came.'] },
])('refuses "$word"', async ({ word, pieces }) => {
  const before = there.seen()
  expect(await there.step(word)).toRefuse(...pieces, '→ 5 ✓ green Minus', 'Words: next, prev, last, check')
  expect(there.seen()).toEqual(before)
  expect(there.reads('.course/position.json')).toBe(null)
})

test('refuses more than it was asked for', async () => {
  expect(await there.step('3', '4')).toRefuse(
    'Expected one step, but 2 came: 3 4',
    'npm run step 3, npm run step 4',
  )
  expect(await there.step('list', '3')).toRefuse(
    '"list" takes nothing after it, but this came: 3',
    'Type: npm run step list',
  )
})

test('refuses a number that npm took for an option of its own', async () => {
  vi.stubEnv('npm_config_2', 'true')
  expect(await there.step()).toRefuse('There is no step -2', 'Did you mean: npm run step 3')
})

test('refuses to walk off either end', async () => {
  expect(await there.step('next')).toRefuse('you stand at step 5, the last', 'npm run step 1')
  there.standsAt(1)
  expect(await there.step('prev')).toRefuse('you stand at step 1, the first', 'npm run step next')
})

test('a damaged course is said to be damaged, all of it, and not walked', async () => {
  there.deletes('steps/02-green-three', 'steps/05-green-minus/README.md').types({
    'steps/04-red-negates/step.yaml': 'chapter: "\n',
  })
  const before = there.seen()
  expect(await there.step('1')).toRefuse(
    'The course itself is damaged',
    'steps/03-refactor-own-file: step 2 is missing before it',
    'steps/04-red-negates/step.yaml: it is not YAML',
    'steps/05-green-minus/README.md: it is missing Fix: bring it back: git checkout -- steps/05-green-minus',
  )
  expect(there.seen()).toEqual(before)
})

test('a position that cannot be read is set aside, and the code says where it stands', async () => {
  there.standsAt(2).types({ '.course/position.json': '{"step":' })
  const said = await there.step()
  expect(said).toSay('This code stands at step 2.', '.course/position.json could not be read, and is now')
  const [aside = ''] = /position\.json\.unreadable-\d+/.exec(said.stdout) ?? []
  expect(there.reads(`.course/${aside}`)).toBe('{"step":')
})

test('a walk that was cut short says how to finish it', async () => {
  there.types({ '.course/position.json': '{"step":"02-green-three","to":"03-refactor-own-file"}' })
  expect(await there.step()).toRefuse('The walk to step 3 was cut short.', 'npm run step 3', 'npm run step 2')
})

test('saves and restore say what there is', async () => {
  expect(await there.step('saves')).toSay('No saves yet')
  expect(await there.step('restore')).toRefuse('There is no save to restore')
  there.types({ '.course/saves/003-2026-01-02T030405Z-step-2/src/index.ts': 'mine' })
  expect(await there.step('saves')).toSay('3 2026-01-0', 'at step 2')
  expect(await there.step('restore', '2')).toRefuse(
    'There is no save 2: the saves are 3.',
    'npm run step saves',
  )
})

test('hint gives one more each time, of the step after the one where I stand', async () => {
  there.standsAt(2)
  const first = await there.step('hint')
  expect(first).toSay(
    'Working on step 3 · ◆ REFACTOR · A file of its own',
    'Hint 1 of 2 Gently.',
    'npm run step hint',
  )
  expect(first.stdout).not.toContain('Plainly.')
  const last =
    "Hint 1 of 2 Gently. Hint 2 of 2 Plainly. That was the last one. The course's own answer: npm run step 3"
  expect(await there.step('hint')).toSay(last)
  expect(await there.step('hint')).toSay(last)
  there.standsAt(5)
  expect(await there.step('hint')).toRefuse('nothing left to hint at: you stand at step 5, the last')
})

test('hints that cannot be counted are set aside, not thrown away', async () => {
  there.standsAt(2).types({ '.course/hints.json': '{"02-' })
  expect(await there.step('hint')).toRefuse(
    '.course/hints.json is set aside as .course/hints.json.unreadable-',
  )
  expect(await there.step('hint')).toSay('Hint 1 of 2')
})

test('diff shows what a step changed, and what I have changed', async () => {
  const of3 = await there.step('diff', '3')
  expect(of3).toSay('+++ step-3/src/deep/add.ts', '-export const add = (_one: number, _other: number) => 3')
  expect(of3.stdout).not.toContain('sum.test.ts')
  expect(await there.step('diff')).toSay('No differences: step-5 and mine are the same, byte for byte.')
  there.standsAt(5)
  there.types({ 'src/index.ts': 'mine\n', 'src/own.ts': 'my own\n' }).deletes('test/less.test.ts')
  const mine = await there.step('diff')
  expect(mine).toSay('--- step-5/src/index.ts +++ mine/src/index.ts', '+mine', 'deleted file')
  expect(mine.stdout).not.toContain('own.ts')
})

test('diff refuses a step that there is not, and says when git is missing', async () => {
  expect(await there.step('diff', '6')).toRefuse('There is no step 6: the course has the steps 1 to 5.')
  vi.stubEnv('PATH', '')
  expect(await there.step('diff', '3')).toRefuse('git, which could not be started (ENOENT)')
})

test('what a program prints for a command goes where the command prints', async () => {
  const pieces: string[] = []
  const status = await run(['diff', '3'], there.root, {
    stdout: (text) => pieces.push(text),
    stderr: () => {},
  })
  expect(status).toBe(0)
  expect(pieces.join('')).toContain('+++ step-3/src/deep/add.ts')
})
