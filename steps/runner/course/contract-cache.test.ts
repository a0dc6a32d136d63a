import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { readContract } from './read-contract.ts'
import { rememberContracts } from './contract-cache.ts'
import { ThrowawayCourse } from '../testkit/throwaway-course.ts'

const where = 'steps/01-red-adds/step.yaml'
const text = 'chapter: sum\nhints: [gently, plainly]\n'
const file = '.course/contracts.json'

let there: ThrowawayCourse
beforeEach(() => {
  there = new ThrowawayCourse()
})
afterEach(() => there[Symbol.dispose]())

const readOnce = (contract: string) => {
  const memory = rememberContracts(there.root)
  const read = memory.read(contract, where)
  memory.keep()
  return read
}

test('what was read once is remembered', () => {
  expect(readOnce(text)).toEqual(readContract(text, where))
  const remembered = there.reads(file) ?? ''
  there.types({ [file]: remembered.replace('plainly', 'from memory') })
  expect(readOnce(text).contract.hints).toEqual(['gently', 'from memory'])
})

test('a text that has changed is read anew', () => {
  readOnce(text)
  expect(readOnce(text.replace('chapter: sum', 'chapter: less')).contract.chapter).toBe('less')
})

test('what is wrong with a text is said every time, of the file that holds it', () => {
  const wrong = text.replace('chapter: sum\n', '')
  expect(readOnce(wrong).problems).toMatchObject([{ where }])
  const memory = rememberContracts(there.root)
  expect(memory.read(wrong, 'steps/02-moved/step.yaml').problems).toMatchObject([
    { where: 'steps/02-moved/step.yaml' },
  ])
})

test.each(['not JSON', 'null', '[]', ''])('a memory that holds %j is no obstacle', (held) => {
  there.types({ [file]: held })
  expect(readOnce(text)).toEqual(readContract(text, where))
  expect(there.reads(file)).toContain('gently')
})

test.each([
  ['a number for a contract', () => 5],
  [
    'a contract without its lists',
    (kept: string) => kept.replace('"hints":["gently","plainly"]', '"hints":5'),
  ],
  ['a problem of another text', (kept: string) => kept.replace('"problems":[]', '"problems":[1]')],
])('a memory that holds %s is thrown away', (_, forge) => {
  readOnce(text)
  const [key = ''] = Object.keys(JSON.parse(there.reads(file) ?? ''))
  const forged = forge(there.reads(file) ?? '')
  there.types({ [file]: typeof forged === 'number' ? JSON.stringify({ [key]: forged }) : forged })
  expect(there.reads(file)).not.toContain('"hints":["gently","plainly"],"wrong":[]},"problems":[]')
  expect(readOnce(text)).toEqual(readContract(text, where))
})

test('a fresh proof and CI believe no memory', () => {
  readOnce(text)
  there.types({ [file]: (there.reads(file) ?? '').replace('plainly', 'forged') })
  expect(rememberContracts(there.root, true).read(text, where)).toEqual(readContract(text, where))
  vi.stubEnv('CI', 'true')
  expect(readOnce(text)).toEqual(readContract(text, where))
  vi.unstubAllEnvs()
})

test('a memory that cannot be written is no obstacle', () => {
  there.types({ '.course': 'a file' })
  expect(readOnce(text)).toEqual(readContract(text, where))
})
