import { readdirSync } from 'node:fs'
import { expect, test } from 'vitest'
import { bringTests, checkOut, keepAndArrive } from './checkout.ts'
import type { Course, Step } from '../course/read-course.ts'
import { onDiskFullBefore } from '../testkit/full-disk.ts'
import { Refusal } from '../system/refusal.ts'
import { listSaves, readSave } from './saves.ts'
import { ThrowawayCourse } from '../testkit/throwaway-course.ts'

const mine = { 'src/index.ts': 'mine', 'src/own/größe 1.bin': 'also mine', 'test/sum.test.ts': 'mine too' }

/** A learner at step 2 with work of their own, who was at step 3 before. */
function learner(): ThrowawayCourse {
  const there = new ThrowawayCourse()
  there.standsAt(3).types({ 'src/index.ts': 'first' })
  return there.standsAt(2).types(mine)
}

/** Everything but what only the runner needs to be quick. */
const littered = (there: ThrowawayCourse) =>
  [there.path('.course'), there.path('.course/saves')].flatMap((folder) =>
    readdirSync(folder).filter((name) => !/^(?:saves|position\.json|undo\.json|00\d-.*)$/.test(name)),
  )

test.each<readonly [string, (course: Course, step: Step) => unknown]>([
  ['a walk', (course, step) => checkOut(course, step)],
  ["the course's tests", (course, step) => bringTests(course, step)],
  ['arriving with my own', (course, step) => keepAndArrive(course, step)],
  [
    'restore',
    (course, step) => {
      const [save] = listSaves(course.root)
      return save && checkOut(course, step, readSave(course.root, save))
    },
  ],
])('%s on a disk that is full, from any moment on: refused, nothing has changed', (_, act) => {
  let full = 0
  using prepared = learner()
  for (let done = false; !done;) {
    using there = new ThrowawayCourse(prepared)
    const { course } = there
    const [, , third] = course.steps
    const before = [there.work, there.reads('.course/position.json')]
    const undo = there.reads('.course/undo.json')
    const { wasFull, refusal } = tried(full + 1, () => act(course, third!))
    expect(littered(there), `full before change ${full + 1}`).toEqual([])
    // Undo's note comes last. Without it the change is done and its save is whole: only undo does not know of it.
    const arrived = there.reads('.course/position.json') === `{"step":"${third!.folder}"}\n`
    const withoutUndo = refusal === null && wasFull && arrived && there.reads('.course/undo.json') === undo
    expect(refusal === null, 'whatever could not be written is told').toBe(!wasFull || withoutUndo)
    if (withoutUndo) full++
    if (withoutUndo) continue
    done = !wasFull
    if (done) continue
    full++
    expect(refusal).toMatch(/\(ENOSPC\).*Is the disk full/)
    expect([there.work, there.reads('.course/position.json')], `full before change ${full}`).toEqual(before)
    expect(wholeSaves(there), 'a save is whole').toEqual(wholeSaves(there).map(() => before[0]))
  }
  expect(full).toBeGreaterThan(8)
})

/** What the runner said when it would not do it, if it did not. */
function tried(
  last: number,
  act: () => unknown,
): { readonly wasFull: boolean; readonly refusal: string | null } {
  let refusal: string | null = null
  const wasFull = onDiskFullBefore(last, () => {
    try {
      act()
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
      refusal = `${error.message} ${error.next.join(' ')}`
    }
  })
  return { wasFull, refusal }
}

/** Those that were made since the learner came. */
const wholeSaves = ({ root }: ThrowawayCourse) =>
  listSaves(root)
    .slice(1)
    .map((save) => Object.fromEntries([...readSave(root, save)].map(([path, bytes]) => [path, `${bytes}`])))
