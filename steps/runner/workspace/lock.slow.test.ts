import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { expect, test } from 'vitest'
import { ThrowawayCourse } from '../testkit/throwaway-course.ts'

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
