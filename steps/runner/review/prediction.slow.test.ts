import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { atATerminal, hasPseudoTerminals } from '../testkit/pseudo-terminal.ts'
import { ThrowawayCourse } from '../testkit/throwaway-course.ts'

let there: ThrowawayCourse
beforeEach(() => {
  there = new ThrowawayCourse()
  there.types({ 'package.json': '{"type":"module"}' })
})
afterEach(() => there[Symbol.dispose]())

const myTest = `import { expect, test } from 'vitest'
import * as sum from '../src/index.ts'

test('negates mine', () => {
  expect(sum.negate(2)).toBe(-2)
})
`

// Not on Windows: it has no `script`, nothing else that starts a command at a terminal comes with every system.
describe.runIf(hasPseudoTerminals)('at a terminal', () => {
  test('check before a red asks for a prediction, and shows it beside what came', async () => {
    there.standsAt(3).types({ 'test/mine.test.ts': myTest })
    const right = atATerminal(there, ['check'])
    await right.shows('what does "negates mine" do now?')
    await right.shows('1 to 5, or only Enter to skip:')
    right.types('2\r')
    expect(await right.ends()).toMatchObject({
      status: 0,
      said: expect.stringContaining(
        'Predicted it fails because a name is missing: a function, a module Came it fails because a name is missing: a function, a module As you predicted: you know where the code stands. Working on step 4',
      ),
    })

    const wrong = atATerminal(there, ['check'])
    await wrong.shows('Enter to skip:')
    wrong.types('red\r')
    await wrong.shows('Expected a number from 1 to 5, or only Enter, but this came: red')
    wrong.types('1\r')
    expect((await wrong.ends()).said).toContain(
      'Predicted it fails by its assertion Came it fails because a name is missing: a function, a module Not as you predicted. Why?',
    )
  })

  test('check does not ask when Enter is all that comes, nor where there is nothing to predict', async () => {
    there.standsAt(3).types({ 'test/mine.test.ts': myTest })
    const skipped = atATerminal(there, ['check'])
    await skipped.shows('Enter to skip:')
    skipped.types('\r')
    const { status, said } = await skipped.ends()
    expect({ status, said }).toMatchObject({ status: 0, said: expect.stringContaining('✓ It fails now') })
    expect(said).not.toContain('Predicted')

    expect((await atATerminal(there.deletes('test/mine.test.ts'), ['check']).ends()).said).not.toContain(
      'Predict',
    )
    expect((await atATerminal(there.standsAt(1), ['check']).ends()).said).not.toContain('Predict')
  })

  test('Ctrl-C at the question ends the command, and runs nothing', async () => {
    there.standsAt(3).types({ 'test/mine.test.ts': myTest })
    const asked = atATerminal(there, ['check'])
    await asked.shows('Enter to skip:')
    asked.types('\u0003')
    const { status, said } = await asked.ends()
    expect(status).toBe(128 + 2)
    expect(said).toMatch(/Enter to skip: $/)
  })
})
