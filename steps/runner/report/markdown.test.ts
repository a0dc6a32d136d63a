import { expect, test } from 'vitest'
import { commentOf, coverageText, hooksText } from './markdown.ts'
import type { Amounts, Measured } from './measure.ts'

const amounts = (covered: number, total: number): Amounts => {
  const amount = { covered, total }
  return { statements: amount, branches: amount, functions: amount, lines: amount }
}

const measured = (files: Readonly<Record<string, readonly number[]>>, total = amounts(1, 2)): Measured => ({
  total,
  files: new Map(Object.keys(files).map((path) => [path, amounts(1, 2)])),
  uncovered: new Map(
    Object.entries(files)
      .filter(([, lines]) => lines.length > 0)
      .map(([path, lines]) => [path, lines.map((line) => ({ line, what: 'statement' as const }))]),
  ),
  hits: new Map(),
  failing: [],
  tests: 3,
})

test('lines in a row are one link, and a path is linked whatever is in it', () => {
  const text = coverageText({ now: measured({ 'src/a (b)|c.ts': [3, 4, 5, 9] }), base: null }, 'https://x/')
  expect(text).toContain(
    String.raw`| [${'`'}src/a (b)\|c.ts${'`'}](https://x/src/a%20%28b%29%7Cc.ts) | 50 | 50 | 50 | [3–5](https://x/src/a%20%28b%29%7Cc.ts#L3-L5), [9](https://x/src/a%20%28b%29%7Cc.ts#L9) |`,
  )
})

test('a share is never rounded up to all', () => {
  const text = coverageText({ now: measured({}, amounts(99_999, 100_000)), base: null }, '')
  expect(text).toContain('| lines | 99999 | 100000 | 99.99 |')
  expect(text).toContain('Below the gate')
})

test('a file that the change deletes, and one whose coverage it changes from afar', () => {
  const before: Measured = { ...measured({ 'src/old.ts': [], 'src/far.ts': [] }) }
  const now: Measured = { ...measured({}), files: new Map([['src/far.ts', amounts(2, 2)]]) }
  const text = coverageText(
    { now, base: { name: 'main', measured: before, changed: ['src/old.ts'], lines: new Map() } },
    '',
  )
  expect(text).toContain('| `src/old.ts` | deleted |')
  expect(text).toContain('| [`src/far.ts`](src/far.ts) | 100 (+50) | 100 (+50) | 100 (+50) |  |')
})

test('a branch says which it is, and what was so before, in an unchanged file, is folded', () => {
  const now: Measured = {
    ...measured({ 'src/a.ts': [], 'src/b.ts': [7] }),
    uncovered: new Map([
      [
        'src/a.ts',
        [
          { line: 3, what: 'branch', which: 'never false' },
          { line: 4, what: 'statement' },
        ],
      ],
      ['src/b.ts', [{ line: 7, what: 'statement' }]],
    ]),
    hits: new Map([
      [
        'src/a.ts',
        new Map([
          [2, 1],
          [3, 5],
          [4, 0],
        ]),
      ],
    ]),
  }
  const base = {
    name: 'main',
    measured: { ...now, tests: 2 },
    changed: ['src/a.ts'],
    lines: new Map([['src/a.ts', new Set([1, 3, 4])]]),
  }
  const text = coverageText({ now, base }, '')
  expect(text).toContain('| [3: never false](src/a.ts#L3), [4](src/a.ts#L4) |')
  expect(text).toContain('3 tests now, 2 before. Of 2 changed lines of code in `src/` 1 is run by a test.')
  expect(text).toMatch(
    /`src\/a\.ts`[^]*<details><summary>As before the change<\/summary>[^]*`src\/b\.ts`[^]*<\/details>/,
  )
})

test('a report is never longer than a comment can be', () => {
  const many = Object.fromEntries(
    Array.from({ length: 60 }, (_, file) => [
      `src/${'long-'.repeat(20)}${file}.ts`,
      Array.from({ length: 100 }, (_line, line) => line * 2),
    ]),
  )
  const text = commentOf([coverageText({ now: measured(many), base: null }, `https://x/${'y'.repeat(80)}/`)])
  expect(text.length).toBeLessThanOrEqual(65_536)
  expect(text).toMatch(/\|\n\n… The rest does not fit into a comment\.\n$/)
  expect(commentOf(['short', 'and good'])).toBe('short\n\nand good\n')
})

test('a changed hook is named first; nothing is said where none is changed', () => {
  expect(hooksText(['.husky/post-checkout'])[0]).toContain('- `.husky/post-checkout`')
  expect(hooksText(['.husky/post-checkout'])[0]).toContain('git -c core.hooksPath=/dev/null switch')
  expect(hooksText([])).toEqual([])
})

test('names of files and tests neither mention an account, nor leave their cell, nor turn the text', () => {
  const name = 'src/@ann `\\|\n| forged | \u202E\u001B[2J.ts'
  const text = coverageText({ now: measured({ [name]: [3] }), base: null }, '')
  expect(text).toContain("| [`src/@\u2060ann '∖\\| \\| forged \\| [2J.ts`]")
  for (const piece of ['@ann', '\u202E', '\u001B']) expect(text).not.toContain(piece)
})
