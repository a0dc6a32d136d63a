import { expect, test } from 'vitest'
import { codeAlone, Fingerprints } from './fingerprints.ts'

const alone = (text: string, path = 'src/a.ts') => codeAlone(path, Buffer.from(text))
const code = 'const a = 1\n\nexport const b = () => {\n  return `// ${a}`\n}\n'

test.each([
  ['a line', code.replace('export', '// Why.\nexport')],
  ['a line in a block, with its margin', code.replace('  return', '  // Why.\n  return')],
  ['the rest of a line', code.replace('= 1', '= 1 // one')],
  ['several lines', code.replace('export', '/**\n * Why.\n */\nexport')],
  ['the last line', `${code}// The end.`],
  ['the first line', `/* Copyright. */\r\n${code}`],
])('a comment makes no difference: %s', (_, commented) => {
  expect(commented).not.toBe(code)
  expect(alone(commented)).toBe(code)
})

test.each([
  ['text that looks like one', code.replace('// ', '//')],
  ['white space in a text', code.replace('// ', '//  ')],
  // These orders are in a text and nothing here obeys them: each has to make another fingerprint.
  ['an order to the coverage', code.replace('export', '/* v8 ignore next */\nexport')],
  ['an order to the type checker', code.replace('export', '// @ts-ignore\nexport')],
  ['an order to the linter', code.replace('export', '// oxlint-disable-next-line -- why\nexport')],
  ['an order to vitest', `// @vitest-${'environment'} jsdom\n${code}`],
  ['an order to vite', code.replace('= 1', "= import(/* @vite-ignore */ 'a')")],
  ['a line break that ends a statement', code.replace('return `', 'return /*\n*/ `')],
  ['code', code.replace('= 1', '= 2')],
])('this makes one: %s', (_, other) => {
  expect(other).not.toBe(code)
  expect(alone(other)).not.toBe(code)
})

test('a comment between two words does not join them', () => {
  expect(alone('void/* nothing */0\n')).toBe('void 0\n')
})

test('of what is no code, or cannot be parsed, everything counts', () => {
  expect(alone('# // Title\n', 'test/a.md')).toBe('# // Title\n')
  expect(alone('const // a\n')).toBe('const // a\n')
})

test('a file is parsed once in its life', () => {
  const bytes = Buffer.from('const a = 1 // one\n')
  const first = new Fingerprints()
  expect(first.code('src/a.ts', bytes)).toBe(first.bytes(Buffer.from('const a = 1\n')))
  expect(first.bytes(bytes)).not.toBe(first.code('src/a.ts', bytes))

  const told = new Fingerprints(new Map([[first.bytes(bytes), 'known']]))
  expect(told.code('src/a.ts', bytes)).toBe('known')
  expect([...told.codes]).toEqual([[first.bytes(bytes), 'known']])
})
