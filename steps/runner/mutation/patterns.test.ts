import { expect, test } from 'vitest'
import { changedPatterns } from './patterns.ts'

const changesOf = (pattern: RegExp) => changedPatterns(pattern.source, pattern.flags)

test('one alternative less, in the whole and in each group', () => {
  expect(changesOf(/ECONNRESET|EPIPE|closed/)).toEqual([
    '/EPIPE|closed/',
    '/ECONNRESET|closed/',
    '/ECONNRESET|EPIPE/',
  ])
  expect(changesOf(/a(?:b|c(?<d>d|e))f/)).toEqual([
    '/a(?:c(?<d>d|e))f/',
    '/a(?:b)f/',
    '/a(?:b|c(?<d>e))f/',
    '/a(?:b|c(?<d>d))f/',
  ])
})

test('one flag less', () => {
  expect(changesOf(/a/gs)).toEqual(['/a/s', '/a/g'])
})

test('one anchor less', () => {
  expect(changesOf(/^a\b$/)).toEqual(['/a\\b$/', '/^a$/', '/^a\\b/'])
})

test('another number of times', () => {
  expect(changesOf(/a*/)).toEqual(['/a/', '/a+/'])
  expect(changesOf(/a+?/)).toEqual(['/a/', '/a*?/'])
  expect(changesOf(/a?/)).toEqual(['/a/'])
  expect(changesOf(/a{2,}/)).toEqual(['/a/'])
})

test('what a class and a look around leave out, and the other way round', () => {
  expect(changesOf(/[^a]/)).toEqual(['/[a]/'])
  expect(changesOf(/[a]/)).toEqual(['/[^a]/'])
  expect(changesOf(/\d\S/)).toEqual(['/\\D\\S/', '/\\d\\s/'])
  expect(changesOf(/a(?=b)/)).toEqual(['/a(?!b)/'])
  expect(changesOf(/(?<!b)a/)).toEqual(['/(?<=b)a/'])
})

test('what stands for itself is left alone', () => {
  expect(changesOf(/a\|b\/\^\u{61}\p{L}[\]|$\d]/u).filter((change) => !change.endsWith('/'))).toEqual([
    '/a\\|b\\/\\^\\u{61}\\p{L}[^\\]|$\\d]/u',
  ])
})

test('all that comes out are regular expressions', () => {
  for (const pattern of [/^(\w+:\/\/)?.*@/s, /^(\/\d*)?$/, /(?<a>x|)(?:y|[^|(]){1,2}\k<a>$/u, /|a/, /^/]) {
    for (const change of changesOf(pattern)) {
      const [, source = '', flags] = /^\/([^]+)\/(\w*)$/.exec(change) ?? []
      expect(() => new RegExp(source, flags), change).not.toThrow()
    }
  }
})
