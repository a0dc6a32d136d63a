import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { ThrowawayCourse } from '../testkit/throwaway-course.ts'

let there: ThrowawayCourse
beforeEach(() => {
  there = new ThrowawayCourse().types({ 'package.json': '{"type":"module"}' }).commits()
})
afterEach(() => there[Symbol.dispose]())

const folders = () => there.course.steps.map(({ folder }) => folder)

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
  there.deletes('.git')
  expect(await there.step('remove', '1')).toRefuse('cannot be seen, so nothing was touched.')
  vi.stubEnv('PATH', '')
  expect(await there.step('remove', '1')).toRefuse('cannot be seen, so nothing was touched.')
  expect(folders()).toEqual(before)
})
