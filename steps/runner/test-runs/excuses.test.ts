import { expect, test } from 'vitest'
import { excusesIn } from './excuses.ts'

test.each([
  ['/* v8 ignore next */', 'coverage', 'v8 ignore next'],
  ['/* v8\nignore next 3 */', 'coverage', 'v8 ignore next 3'],
  ['/* c8 ignore start -- @preserve */', 'coverage', 'c8 ignore start'],
  ['/* istanbul  ignore\telse */', 'coverage', 'istanbul ignore else'],
  ['// node:coverage ignore file', 'coverage', 'node:coverage ignore file'],
  ['// @ts-nocheck', 'types', '@ts-nocheck'],
  ['/* @ts-ignore */', 'types', '@ts-ignore'],
  ['//@ts-expect-error', 'types', '@ts-expect-error'],
  ['/* oxlint-disable */', 'lint', 'oxlint-disable'],
  ['// eslint-disable-next-line no-console', 'lint', 'eslint-disable-next-line'],
  ['// oxlint-disable-line', 'lint', 'oxlint-disable-line'],
  ['// oxfmt-ignore', 'format', 'oxfmt-ignore'],
  ['// prettier-ignore', 'format', 'prettier-ignore'],
])('sees what tells a check to look away: %j', (text, from, words) => {
  expect(excusesIn(`const a = 1\n${text}\nconst b = 2\n`)).toMatchObject([{ line: 2, from, words }])
})

test.each([
  ['// @ts-expect-error: the package forgot it', true],
  ['// @ts-expect-error', false],
  ['// @ts-expect-error --', false],
  ['// oxlint-disable-next-line no-console -- the test looks at it', true],
  ['// oxlint-disable-next-line no-console', false],
  ['/* oxlint-disable no-console */ call()', false],
  ['// oxfmt-ignore -- a table', true],
])('knows whether there is a reason beside it: %s', (text, hasReason) => {
  expect(excusesIn(text)).toMatchObject([{ hasReason }])
})

test('sees all of them, in order', () => {
  const text = '// @ts-nocheck\n/* v8 ignore if */ /* v8 ignore next */\n\n// oxlint-disable\n'
  expect(excusesIn(text).map(({ line, from }) => `${line} ${from}`)).toEqual([
    '1 types',
    '2 coverage',
    '2 coverage',
    '4 lint',
  ])
})

test('does not mind code that speaks of something else', () => {
  expect(excusesIn("const v8 = 'ignored'\n// We ignore the next one: it disables nothing.\n")).toEqual([])
})
