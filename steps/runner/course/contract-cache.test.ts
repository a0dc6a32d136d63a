import { afterEach, beforeEach, expect, test } from 'vitest'
import { readReadme } from './read-contract.ts'
import { rememberReadmes } from './contract-cache.ts'
import { ThrowawayCourse } from '../testkit/throwaway-course.ts'

const where = 'steps/01-red-adds/README.md'
const text = '---\ntitle: Add\nchapter: sum\n---\nA lesson.\n'
const file = '.course/readmes.json'

let there: ThrowawayCourse
beforeEach(() => {
  there = new ThrowawayCourse()
})
afterEach(() => there[Symbol.dispose]())

const readOnce = (readme: string) => {
  const memory = rememberReadmes(there.root)
  const read = memory.read(readme, where)
  memory.keep()
  return read
}

test('what was read once is remembered', () => {
  expect(readOnce(text)).toEqual(readReadme(text, where))
  const remembered = there.reads(file) ?? ''
  there.types({ [file]: remembered.replace('A lesson.', 'From memory.') })
  expect(readOnce(text).lesson).toBe('From memory.')
})

test('a text that has changed is read anew', () => {
  readOnce(text)
  expect(readOnce(text.replace('title: Add', 'title: Sum')).contract.title).toBe('Sum')
})

test('what is wrong with a text is said every time, of the file that holds it', () => {
  const wrong = text.replace('title: Add\n', '')
  expect(readOnce(wrong).problems).toMatchObject([{ where }])
  const memory = rememberReadmes(there.root)
  expect(memory.read(wrong, 'steps/02-moved/README.md').problems).toMatchObject([
    { where: 'steps/02-moved/README.md' },
  ])
})

test.each(['not JSON', 'null', '[]', ''])('a memory that holds %j is no obstacle', (held) => {
  there.types({ [file]: held })
  expect(readOnce(text)).toEqual(readReadme(text, where))
  expect(there.reads(file)).toContain('A lesson.')
})

test('a memory that cannot be written is no obstacle', () => {
  there.types({ '.course': 'a file' })
  expect(readOnce(text)).toEqual(readReadme(text, where))
})
