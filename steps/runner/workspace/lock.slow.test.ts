import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { expect, test } from 'vitest'
import { locationsOf } from '../system/locations.ts'
import { Refusal } from '../system/refusal.ts'
import { withChanges } from '../testkit/intercepted-fs.ts'
import { ThrowawayCourse } from '../testkit/throwaway-course.ts'
import { inTurn, withLock } from './lock.ts'

test('two runners take turns: the second says so and changes nothing; a dead one counts for nothing', async () => {
  using there = new ThrowawayCourse()
  there.standsAt(2).types({ 'src/index.ts': 'mine' })
  const other = spawn(process.execPath, ['-e', 'process.stdin.resume()'])
  there.types({ '.course/lock/.made-by-npm-run-step': `${other.pid}-1` })
  const before = there.seen()
  expect(await there.step('3')).toRefuse(
    `Another npm run step is at work here (process ${other.pid}), so this one did nothing.`,
    'Let it finish, then type the same again.',
  )
  expect(there.seen()).toEqual(before)
  expect(there.reads('.course/position.json')).toBe('{"step":"02-green-three"}\n')

  other.kill()
  await once(other, 'exit')
  expect(await there.step('3')).toSay('Step 3 of 5', 'Your work is now save 1.')
  expect(there.reads('.course/lock')).toBe(null)
})

test('a lock of a dead process is taken over by one alone, whatever another does in between', async () => {
  const dead = spawnSync(process.execPath, ['-e', '']).pid
  let before = 0
  for (let more = true; more; before++) {
    using there = new ThrowawayCourse()
    const { lock } = locationsOf(there.root)
    there.types({ '.course/lock/.made-by-npm-run-step': `${dead}-1` })
    const inside = new Set<string>()
    let ends = () => {}
    const end = new Promise<void>((resolve) => (ends = resolve))
    let other: Promise<void> | null = null
    let changes = 0
    // The other one comes right before our change of this number, sees the same dead lock, and stays inside.
    const whileAnotherComes = (change: () => unknown) => {
      if (changes++ === before) {
        other = inTurn(
          lock,
          () => {},
          async () => {
            inside.add('other')
            await end
            inside.delete('other')
          },
        )
      }
      return change()
    }
    let met: readonly string[] | null = null
    let refusal: unknown = null
    try {
      withChanges(['mkdirSync', 'writeFileSync', 'renameSync', 'rmSync'], whileAnotherComes, () =>
        withLock(there.root, () => (met = [...inside])),
      )
    } catch (error) {
      refusal = error
    }
    // Either we were alone, and the other one at most came when we had left, or it was alone.
    const alone = [met, refusal]
    const refused = [[...inside], refusal instanceof Refusal]
    expect(met === null ? refused : alone, `change ${before}`).toEqual(
      met === null ? [['other'], true] : [[], null],
    )
    ends()
    await other
    expect(there.reads('.course/lock')).toBe(null)
    more = changes > before
  }
  expect(before).toBeGreaterThan(6)
})
