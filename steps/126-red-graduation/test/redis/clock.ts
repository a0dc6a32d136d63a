import { execFileSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { inject, vi } from 'vitest'

// The fake reads the clock of the process, so `vi.advanceTimersByTime` makes its keys expire. A real server has a
// clock of its own, and nobody can advance it. We do the next best: when a test advances its clock, each key of the
// server that has a TTL gets what is left of it on the clock of the test.

const MOVE = fileURLToPath(new URL('move-clock.mjs', import.meta.url))

/** Key -> when it is due, on the clock of the test. */
let due: Record<string, number> = {}

const advance = vi.advanceTimersByTime.bind(vi)

vi.advanceTimersByTime = (ms) => {
  const before = Date.now()
  advance(ms)
  // In a process of its own, because the test does not wait: the server must have heard of it when we return.
  const given = JSON.stringify({ url: inject('redisUrl'), before, now: Date.now(), due })
  due = JSON.parse(execFileSync(process.execPath, [MOVE, given], { encoding: 'utf8' }))
  return vi
}
