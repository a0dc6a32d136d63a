import { expect, test } from 'vitest'
import { checkOut } from './checkout.ts'
import { listSaves, readSave } from './saves.ts'
import { ThrowawayCourse } from '../testkit/throwaway-course.ts'

test('a walk brings back what a restore has written over: restore can be undone', () => {
  using there = new ThrowawayCourse()
  there.standsAt(2).types({ 'src/index.ts': 'first' })
  checkOut(there.course, there.course.steps[2]!)
  there.standsAt(2).types({ 'src/index.ts': 'second' })
  const restore = (number: number) => {
    const save = listSaves(there.root)[number - 1]!
    return checkOut(there.course, there.course.steps[1]!, readSave(there.root, save))
  }
  expect(restore(1).saved).toMatchObject({ number: 2, step: '02-green-three' })
  expect(there.reads('src/index.ts')).toBe('first')
  restore(2)
  expect(there.reads('src/index.ts')).toBe('second')
})
