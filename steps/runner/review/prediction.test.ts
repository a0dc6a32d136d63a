import { PassThrough } from 'node:stream'
import { expect, test } from 'vitest'
import { askPrediction, type Desk } from './prediction.ts'

/** A learner at a terminal, or what only looks like one. */
function learner({ isTTY = true, ci }: { readonly isTTY?: boolean; readonly ci?: string } = {}) {
  const input = Object.assign(new PassThrough(), { isTTY })
  const output = Object.assign(new PassThrough(), { isTTY })
  let interrupts = 0
  const desk: Desk = { input, output, ci, interrupt: () => interrupts++ }
  return {
    desk,
    types: (...keys: readonly string[]) => keys.forEach((key) => input.write(key)),
    hangsUp: () => input.end(),
    seen: () => String(output.read() ?? ''),
    interrupts: () => interrupts,
  }
}

test.each([
  ['1\r', 'assertion'],
  ['2\r', 'missing name'],
  [' 3 \r', 'others fail too'],
  ['4\r', 'passes'],
  ['5\r', 'cannot run'],
])('%j predicts: %s', async (keys, ending) => {
  const me = learner()
  const asked = askPrediction('negates', me.desk)
  me.types(keys)
  expect(await asked).toBe(ending)
  expect(me.seen()).toContain('Predict, then run: what does "negates" do now?')
})

test('Enter alone skips it', async () => {
  const me = learner()
  const asked = askPrediction(null, me.desk)
  me.types('\r')
  expect(await asked).toBe(null)
  expect(me.seen()).toContain('what does your new test do now?')
  expect(me.interrupts()).toBe(0)
})

test('what is not one of the choices is asked for once more', async () => {
  const me = learner()
  const asked = askPrediction(null, me.desk)
  me.types('6\r', 'red\r', '2\r')
  expect(await asked).toBe('missing name')
})

test('Ctrl-D and a terminal that goes away skip it', async () => {
  const [one, other] = [learner(), learner()]
  const asked = [askPrediction(null, one.desk), askPrediction(null, other.desk)]
  one.types('\u0004')
  other.hangsUp()
  expect(await Promise.all(asked)).toEqual([null, null])
  expect(one.interrupts()).toBe(0)
})

test('Ctrl-C ends the command, as it does everywhere else', async () => {
  const me = learner()
  const asked = askPrediction(null, me.desk)
  me.types('\u0003')
  expect(await asked).toBe(null)
  expect(me.interrupts()).toBe(1)
})

test.each([
  ['without a terminal', { isTTY: false }],
  ['in CI', { ci: 'true' }],
])('%s it does not ask', async (_, where) => {
  const me = learner(where)
  expect(await askPrediction(null, me.desk)).toBe(null)
  expect(me.seen()).toBe('')
})
