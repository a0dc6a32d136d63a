import { afterEach, beforeEach, expect, test } from 'vitest'
import { ThrowawayCourse } from '../testkit/throwaway-course.ts'

// insert, remove and propagate as a maintainer types them, in a course under git.

let there: ThrowawayCourse
beforeEach(() => {
  there = new ThrowawayCourse().types({ 'package.json': '{"type":"module"}' }).commits()
})
afterEach(() => there[Symbol.dispose]())

const folders = () => there.course.steps.map(({ folder }) => folder)
const flowing = (said: string) => said.replace(/\s+/g, ' ')

test('insert puts drafts before a red, moves the others on, and says what to do', async () => {
  there.types({
    'steps/02-green-three/README.md': `${there.reads('steps/02-green-three/README.md')}See step 4.\n`,
  })
  expect(await there.step('insert', '4', 'halves')).toSay(
    'To be written: · steps/04-red-halves/README.md · steps/04-red-halves/step.yaml · steps/05-green-halves/README.md · steps/05-green-halves/step.yaml',
    'These named numbers that have changed (by their former folders): · steps/02-green-three/README.md',
    'carry them on: npm run step propagate 4 5',
  )
  expect(folders()).toEqual([
    '01-red-adds',
    '02-green-three',
    '03-refactor-own-file',
    '04-red-halves',
    '05-green-halves',
    '06-red-negates',
    '07-green-minus',
  ])
})

test('insert brings the tests of the chapter along, as they were', async () => {
  const less = there.reads('steps/04-red-negates/test/less.test.ts')
  expect(await there.step('insert', '6', 'halves')).toSay('· steps/06-red-halves/test/less.test.ts')
  expect(there.reads('steps/06-red-halves/test/less.test.ts')).toBe(less)
  expect(there.reads('steps/06-red-halves/step.yaml')).toContain('chapter: less\n')
})

test('insert appends with the number after the last', async () => {
  expect(await there.step('insert', '6', 'halves')).toSay('npm run step propagate 6 7')
  expect(folders().slice(4)).toEqual(['05-green-minus', '06-red-halves', '07-green-halves'])
})

test.each([
  [['4', 'Halves'], 'Expected a name of small letters, digits and hyphens, but "Halves" came.'],
  [['4'], 'Expected a name of small letters, digits and hyphens, but nothing came.'],
  [['5', 'halves'], 'Expected a red, but step 5 is a green'],
  [['7', 'halves'], 'Expected the number of a step (1 to 6), but "7" came.'],
  [['four', 'halves'], 'Expected the number of a step (1 to 6), but "four" came.'],
  [['4', 'adds'], 'Expected a name that no cycle has, but step 1 is called adds.'],
])('insert refuses %j, and nothing has moved', async (words, reason) => {
  const before = folders()
  expect(await there.step('insert', ...words)).toRefuse(reason)
  expect(folders()).toEqual(before)
})

test('remove takes a cycle out, with its refactors, and closes the gap', async () => {
  expect(await there.step('remove', '1')).toSay(
    'Taken out, and the later steps moved up: · steps/01-red-adds · steps/02-green-three · steps/03-refactor-own-file',
    'npm run step verify',
  )
  expect(folders()).toEqual(['01-red-negates', '02-green-minus'])
  expect(there.git('show', 'HEAD:steps/02-green-three/src/index.ts')).toContain('=> 3')
})

test.each([
  ['a change', 'steps/02-green-three/src/index.ts', () => {}],
  ['a new file', 'steps/03-refactor-own-file/src/new.ts', () => {}],
  ['what is only staged', 'steps/01-red-adds/test/new.ts', () => there.git('add', '--all')],
  ['what git ignores', 'steps/01-red-adds/test/new.log', () => there.types({ '.gitignore': '*.log\n' })],
])('remove refuses where git does not have %s', async (_, path, then) => {
  there.types({ [path]: 'mine' })
  then()
  const before = folders()
  expect(await there.step('remove', '1')).toRefuse(
    `What git does not have would be gone for good: ${path}. Nothing was touched.`,
  )
  expect([folders(), there.reads(path)]).toEqual([before, 'mine'])
})

test('remove refuses without git, and what is no red', async () => {
  const before = folders()
  expect(await there.step('remove', '2')).toRefuse(
    'Expected the red that a cycle begins with, but step 2 is a green.',
  )
  expect(await there.step('remove', '9')).toRefuse('Expected the number of a step (1 to 5), but "9" came.')
  expect(there.process({ words: ['remove', '1'], env: { PATH: '' } })).toRefuse(
    'cannot be seen, so nothing was touched.',
  )
  there.deletes('.git')
  expect(await there.step('remove', '1')).toRefuse('cannot be seen, so nothing was touched.')
  expect(folders()).toEqual(before)
})

test('propagate carries an edit through a conflict to the end, and the proof follows', async () => {
  const minus = 'steps/05-green-minus/src/index.ts'
  const deep = 'steps/03-refactor-own-file/src/index.ts'
  there.types({ [deep]: `${there.reads(deep)}export type Sum = number\n` })

  const stopped = await there.step('propagate', '3')
  expect(stopped.status).toBe(1)
  expect(flowing(stopped.stdout)).toBe(` Carried on into: · ${minus} `)
  expect(flowing(stopped.stderr)).toContain(
    `✗ ${minus}: both sides changed the same place. <<<<<<< what this step has export const add`,
  )
  expect(flowing(stopped.stderr)).toContain(
    "======= export { add } from './deep/add.ts' export type Sum = number >>>>>>> the edit Make it right in that file, and delete the lines with the marks. Type then: npm run step propagate 5",
  )
  expect((await there.step('propagate', '5')).status, 'while the marks are in it').toBe(1)

  const old = there.git('show', `HEAD:${minus}`)
  there.types({ [minus]: `${old}export type Sum = number\n` })
  expect(await there.step('propagate', '5')).toSay(
    'Carried on into: · src/index.ts',
    '✓ GREEN The course is proven',
  )
  expect(there.reads('src/index.ts')).toBe(there.reads(minus))
})

test('propagate carries a red and its green on together', async () => {
  const extra = "\ntest('adds nothing', () => {\n  expect(add(1, 0)).toBe(1)\n})\n"
  await there.step('insert', '4', 'zero')
  there.types({
    'steps/04-red-zero/test/sum.test.ts': `${there.reads('test/sum.test.ts')}${extra}`,
    'steps/05-green-zero/src/zero.ts': 'export const zero = 0\n',
  })
  expect(flowing((await there.step('propagate', '4', '5')).stdout)).toContain(
    'Carried on into: · test/sum.test.ts · src/zero.ts',
  )
  expect(await there.step('propagate', '4', 'five')).toRefuse(
    'Expected the number of a step (1 to 7), but "five" came.',
  )
})

test('propagate ends with what the proof does not like', async () => {
  there.types({
    'steps/05-green-minus/src/index.ts': `${there.reads('src/index.ts')}export const more = () => 1\n`,
  })
  const { status, stderr } = await there.step('propagate', '5')
  expect(status).toBe(1)
  expect(flowing(stderr)).toContain('no test runs')
})

test('propagate says where it has not carried the edit, and refuses what is no step', async () => {
  there.standsAt(2).types({ 'steps/02-green-three/src/index.ts': `${there.reads('src/index.ts')}// mine\n` })
  expect(flowing((await there.step('propagate', '2')).stdout)).toContain('Not into src/ and test/')
  expect(await there.step('propagate')).toRefuse('Expected the number of a step (1 to 5), but nothing came.')
  expect(there.process({ words: ['propagate', '2'], env: { PATH: '' } })).toRefuse(
    'differs from the last commit',
  )
})
