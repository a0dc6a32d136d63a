import { mkdirSync, readdirSync } from 'node:fs'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { atATerminal, hasPseudoTerminals } from '../testkit/pseudo-terminal.ts'
import { ThrowawayCourse } from '../testkit/throwaway-course.ts'

let there: ThrowawayCourse
beforeEach(() => {
  there = new ThrowawayCourse()
  there.types({ 'package.json': '{"type":"module"}' })
})
afterEach(() => there[Symbol.dispose]())

// Not on Windows: it has no `script`, nothing else that starts a command at a terminal comes with every system.
describe.runIf(hasPseudoTerminals)('at a terminal', () => {
  /** A pager that says what it was given: `git` starts it as it would less, through a shell. */
  const pager = (says: string) => `sed 's/^/${says}: /'`

  test.each([
    ['GIT_PAGER', { GIT_PAGER: pager('one'), PAGER: pager('other') }, 'one: +++ step-3/src/deep/add.ts'],
    ['PAGER', { PAGER: pager('other') }, 'other: +++ step-3/src/deep/add.ts'],
  ])('diff is paged as git pages: %s', async (_, env, shown) => {
    expect((await atATerminal(there, ['diff', '3'], env).ends()).said).toContain(shown)
    expect(
      (await atATerminal(there.standsAt(2).types({ 'src/index.ts': 'mine' }), ['diff'], env).ends()).said,
    ).toContain(': +mine')
  })

  test('a pager that is left before its end is no fault', async () => {
    const { status, said } = await atATerminal(there, ['diff', '3'], { GIT_PAGER: 'head -n 1' }).ends()
    expect(status).toBe(0)
    expect(said).toMatch(/^ ?diff --git \S+ \S+ $/)
  })

  test('Ctrl-C in a pager is for the pager', async () => {
    // Like less, it goes on.
    mkdirSync(there.path('tmp'))
    const env = {
      GIT_PAGER: "trap '' INT; echo ready; read line < /dev/tty; echo still here",
      TMPDIR: there.path('tmp'),
    }
    const paged = atATerminal(there, ['diff', '3'], env)
    await paged.shows('ready')
    paged.types('\u0003')
    paged.types('\r')
    expect((await paged.ends()).said).toContain('still here')
    expect(readdirSync(there.path('tmp')), 'the runner has waited for it, and tidied up').toEqual([])
  })
})

test('without a terminal diff is plain and not paged', () => {
  const { stdout } = there.process({ words: ['diff', '3'], env: { GIT_PAGER: "sed 's/^/paged: /'" } })
  expect(stdout).toContain('+++ step-3/src/deep/add.ts')
  expect(stdout).not.toContain('paged')
  expect(stdout).not.toContain('\u001B')
})
