import { readdirSync } from 'node:fs'
import { expect, test } from 'vitest'
import { cycleAt, insertCycle, removeSteps } from '../authoring/renumber.ts'
import { ThrowawayCourse } from '../testkit/throwaway-course.ts'

// What a `git pull` may do to the course while a learner is in the middle of it.

/** A learner who has worked on steps 2 and 4, has a hint for step 5, and stands at 4. */
async function learner(): Promise<ThrowawayCourse> {
  const there = new ThrowawayCourse()
  there.types({ 'package.json': '{"type":"module"}' })
  there.standsAt(2).types({ 'src/index.ts': 'export const add = () => 3 // mine at three\n' })
  there.standsAt(4).types({ 'src/index.ts': 'export const add = () => 3 // mine at negates\n' })
  await there.step('hint')
  return there
}

function stepAt(there: ThrowawayCourse, number: number) {
  const step = there.course.steps[number - 1]
  if (!step) throw new Error(`there is no step ${number}`)
  return step
}

test('a pull that changes the course under my feet takes nothing of mine away', async () => {
  using there = new ThrowawayCourse()
  there.standsAt(2).types({ 'src/own.ts': 'mine' })
  const old = there.reads('src/index.ts')
  // The answer of the step is another one now.
  there.types({ 'steps/02-green-three/src/index.ts': 'export const add = () => 3\n' })
  expect(await there.step()).toSay('you have changed src/index.ts')
  expect(await there.step('3')).toSay('Your work is now save 1.')
  expect(there.reads('src/own.ts')).toBe('mine')
  const [folder] = readdirSync(there.path('.course/saves'))
  expect(there.reads(`.course/saves/${folder}/src/index.ts`)).toBe(old)
})

test('a pull that renumbers the course moves my place, my saves and my hints along', async () => {
  using there = await learner()
  insertCycle(there.course, 1, 'zero')

  expect(await there.step()).toSay('Step 6 of 7 · ✗ RED · Ask for less', 'you have changed src/index.ts')
  expect(await there.step('hint')).toSay('Working on step 7', 'Hint 2 of 2')
  // Of step 2 as it was called then: it is step 4 now.
  expect(await there.step('saves')).toSay('1 2', 'at step 4')
  expect(await there.step('restore', '1')).toSay('Step 4 of 7 · ✓ GREEN · Three', 'Your work is now save 2.')
  expect(there.reads('src/index.ts')).toContain('mine at three')
  expect(await there.step('saves')).toSay('2 2', 'at step 6')
  expect((await there.step('restore', '2')).stdout).toContain('Step 6 of 7')
  expect(there.reads('src/index.ts')).toContain('mine at negates')
  expect(await there.step('4')).toSay('You have worked on this step before: save 3.')
})

test('a pull that takes my step out says so, and takes nothing of mine with it', async () => {
  using there = await learner()
  removeSteps(there.course, cycleAt(there.course, stepAt(there, 4)))

  expect(await there.step()).toSay(
    'This code stands at step 3. Its tests pass.',
    '.course/position.json could not be read, and is now position.json.unreadable-',
  )
  // A test of the course's that no step has any more stays too, as if it were the learner's.
  expect((await there.step('3')).stdout).toContain('Your work is now save 2.')
  expect(there.reads('test/less.test.ts')).not.toBe(null)
  expect(await there.step('saves')).toSay('2 2', 'at step 3', '1 2', 'at step 2')
  await there.step('restore', '2')
  expect(there.reads('src/index.ts')).toContain('mine at negates')
})

test('a save of a step that is gone is restored where I stand, and says of which step it was', async () => {
  using there = await learner()
  await there.step('3')
  removeSteps(there.course, cycleAt(there.course, stepAt(there, 4)))

  expect(await there.step('saves')).toSay('2 2', 'step gone', '-step-04-red-negates')
  expect((await there.step('restore', '2')).stdout).toContain('Step 3 of 3')
  expect(there.reads('src/index.ts')).toContain('mine at negates')
})

test('saves that bear only a number are of the step of that number', async () => {
  using there = new ThrowawayCourse()
  there.types({ '.course/saves/001-2026-01-02T030405Z-step-2/src/index.ts': 'mine' })
  expect(await there.step('saves')).toSay('at step 2')
})
