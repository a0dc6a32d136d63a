import { rmSync } from 'node:fs'
import { expect, test } from 'vitest'
import { checkOut } from './checkout.ts'
import { readPosition } from './position.ts'
import { listSaves, readSave } from './saves.ts'
import { sameBytes, stateAt } from '../course/state.ts'
import { killedBefore } from '../testkit/killed-process.ts'
import { ThrowawayCourse } from '../testkit/throwaway-course.ts'
import { readTree } from '../course/read-tree.ts'

/** Runs before the runner: kills the process right before its `last`th change to a file in `root`. */
const dieBefore = (last: number, root: string) => `
  import fs from 'node:fs'
  import { syncBuiltinESMExports } from 'node:module'
  let changes = 0
  for (const name of ['openSync', 'writeFileSync', 'linkSync', 'copyFileSync', 'renameSync', 'unlinkSync', 'rmSync', 'rmdirSync', 'mkdirSync']) {
    const original = fs[name]
    fs[name] = (path, ...more) => {
      const changing = name !== 'openSync' || more[0] === 'w'
      const inside = typeof path === 'number' || String(path).startsWith(${JSON.stringify(root)})
      if (changing && inside && ++changes === ${last}) process.kill(process.pid, 'SIGKILL')
      return original(path, ...more)
    }
  }
  syncBuiltinESMExports()
`

/** How a killed process ends: by the signal; Windows knows none. */
const killed = process.platform === 'win32' ? 1 : null

const mine = { 'src/index.ts': 'mine', 'test/notes.md': 'mine as well' }

/** Begins to walk to step 3, and is killed before its `last`th change. Answers whether it was. */
type KilledWalk = (there: ThrowawayCourse, last: number) => boolean

/** Walks from step 2 with own work. */
function walkKilledBefore(last: number, walk: KilledWalk): boolean {
  using there = new ThrowawayCourse()
  const { course, root } = there
  const [, second, third] = course.steps
  checkOut(course, second!)
  there.types(mine)
  const wasKilled = walk(there, last)

  const states = [stateAt(course, 2), stateAt(course, 3)]
  const allowed = (path: string) => [
    ...states.flatMap((state) => state.get(path)?.toString() ?? []),
    ...(path in mine ? [mine[path as keyof typeof mine]] : []),
  ]
  for (const [path, text] of Object.entries(there.work)) {
    expect(allowed(path), `${path}, killed before change ${last}`).toContain(text)
  }
  expect(['at', 'between'], `position, killed before change ${last}`).toContain(readPosition(course).kind)
  expectMineToBeThere(there, last)

  // Whatever the crash has left: walking on works, and still nothing is lost.
  checkOut(course, third!)
  expect(there.reads('src/index.ts')).toBe(states[1]?.get('src/index.ts')?.toString())
  expect(
    sameBytes(readTree(root).files, new Map([...states[1]!, ['test/notes.md', Buffer.from('mine as well')]])),
  ).toBe(true)
  expectMineToBeThere(there, last)
  return wasKilled
}

const here: KilledWalk = (there, last) => {
  const { course } = there
  let wasKilled = true
  killedBefore(last, () => {
    checkOut(course, course.steps[2]!)
    wasKilled = false
  })
  // The next runner takes the lock of a dead one and sweeps what it left behind; this one lives on.
  for (const left of ['lock', `staging-${process.pid}`]) {
    rmSync(there.path(`.course/${left}`), { recursive: true, force: true })
  }
  return wasKilled
}

const inAProcess: KilledWalk = (there, last) => {
  const preload = `data:text/javascript,${encodeURIComponent(dieBefore(last, there.root))}`
  const { status, stdout, stderr } = there.process({ words: ['3'], node: ['--import', preload] })
  expect(stdout + stderr, 'it had no time to say anything').toBe('')
  return status === killed
}

function expectMineToBeThere(there: ThrowawayCourse, last: number): void {
  const saves = listSaves(there.root).map((save) => readSave(there.root, save))
  for (const [path, text] of Object.entries(mine)) {
    const kept = [there.reads(path), ...saves.map((save) => save.get(path)?.toString() ?? null)]
    expect(kept, `${path}, killed before change ${last}`).toContain(text)
  }
}

test('a walk that is killed at any moment loses nothing and can be finished', () => {
  let times = 0
  while (walkKilledBefore(times + 1, here)) times++
  expect(times).toBeGreaterThan(15)
})

test('nor does one whose process is gone', () => {
  for (const last of [4, 9, 14]) expect(walkKilledBefore(last, inAProcess)).toBe(true)
})
