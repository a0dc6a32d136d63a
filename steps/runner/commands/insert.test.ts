import { afterEach, beforeEach, expect, test } from 'vitest'
import { ThrowawayCourse } from '../testkit/throwaway-course.ts'

let there: ThrowawayCourse
beforeEach(() => {
  there = new ThrowawayCourse().types({ 'package.json': '{"type":"module"}' }).commits()
})
afterEach(() => there[Symbol.dispose]())

const folders = () => there.course.steps.map(({ folder }) => folder)

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
