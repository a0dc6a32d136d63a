import { afterEach, beforeEach, expect, test } from 'vitest'
import { moveCycles } from '../authoring/move.ts'
import { fiveCycles } from '../testkit/five-cycles.ts'
import type { ThrowawayCourse } from '../testkit/throwaway-course.ts'

// A learner's branch of one order of the course, onto which another order is pulled: what counts are names of tests.

let there: ThrowawayCourse
beforeEach(() => {
  there = fiveCycles().commits()
  there.git('branch', '-M', 'main')
})
afterEach(() => there[Symbol.dispose]())

const sum = `export const add = (...all: number[]) => all.reduce((sum, one) => sum + one, 0)
export const double = (one: number) => add(one, one)
`
const less = 'export const negate = (one: number) => 0 - one\n'

/** Ann has done the cycles of add, negate and double in her way; then twice comes before double. */
function annPulls(): void {
  there.git('switch', '--quiet', '--create', 'ann')
  there.standsAt(6).types({ 'src/sum.ts': sum, 'src/less.ts': less }).commits()
  there.git('switch', '--quiet', 'main')
  expect(moveCycles(there.course, { first: 5, last: 6, after: 8 }).undecided).toEqual([])
  there.commits()
  there.git('switch', '--quiet', 'ann')
  const who = ['-c', 'user.name=a', '-c', 'user.email=a@b.c']
  there.git(...who, 'pull', '--quiet', '--no-rebase', '--no-edit', '.', 'main')
}

test.each(['in the same clone', 'in a new one'])(
  'a branch of the old order goes on, %s, with the first test that it has not',
  async (where) => {
    annPulls()
    if (where === 'in a new one') there.deletes('.git/course')
    expect(await there.step()).toSay(
      'This code stands at step 4. Its tests pass.',
      '(step 5, red: Ask to twice)',
    )

    // Her test of double, which comes later now, stays in force.
    expect(await there.step('next')).toSay(
      'Your own tests are in test/sum.mine.test.ts now',
      'red, as it should be: "can twice" fails with TypeError: twice is not a function; 3 tests pass',
    )
    there.types({ 'src/less.ts': `${less}export const twice = (one: number) => negate(one + one)\n` })
    expect(await there.step('next')).toSay('Every line and branch of src/ is run', '✓ green, as it should be')

    expect(await there.step('next')).toSay('green, but this step is supposed to fail: "can double" passes')
    expect(await there.step('next')).toSay('Step 8 of 10 · ✓ GREEN · It can double')
    expect(await there.step('next')).toSay('red, as it should be: "can half" fails')
    expect(there.reads('src/sum.ts')).toBe(sum)
  },
)
