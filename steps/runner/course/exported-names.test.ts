import { expect, test } from 'vitest'
import { exportedNames } from './exported-names.ts'

const namesIn = (files: Readonly<Record<string, string>>) =>
  exportedNames(new Map(Object.entries(files).map(([path, text]) => [path, Buffer.from(text)])))

test.each([
  ['export const b = 1, a = 2', ['a', 'b']],
  ['export const { a, b: [c], ...rest } = all', ['a', 'c', 'rest']],
  ['export function a() {}\nexport class B {}', ['B', 'a']],
  ['const a = 1\nexport { a as b }\nexport default a', ['b', 'default']],
  [
    'export type A = 1\nexport interface B {}\nexport type { C } from "./c.ts"\nexport { type D } from "./d.ts"',
    [],
  ],
  ['export * from "ioredis"\nexport * as all from "./more.ts"', ['* from ioredis', 'all']],
])('reads what %j exports', (text, names) => {
  expect(namesIn({ 'src/index.ts': text })).toEqual(names)
})

test('follows what is passed on as a whole, in a circle as well', () => {
  expect(
    namesIn({
      'src/index.ts': "export * from './deep/one.ts'\nexport const mine = 1\n",
      'src/deep/one.ts': "export * from '../two.ts'\nexport default 1\nexport const one = 1\n",
      'src/two.ts': "export * from './index.ts'\nexport const two = 2\n",
    }),
  ).toEqual(['mine', 'one', 'two'])
})

test('knows no names of what cannot be parsed, and none of what is not there', () => {
  expect(namesIn({ 'src/index.ts': 'export const = 1' })).toBeNull()
  expect(namesIn({ 'src/index.ts': "export * from './one.ts'", 'src/one.ts': '((' })).toBeNull()
  expect(namesIn({})).toEqual([])
})
