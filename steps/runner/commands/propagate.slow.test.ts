import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { ThrowawayCourse } from '../testkit/throwaway-course.ts'

// As a maintainer types it, in a course under git.

let there: ThrowawayCourse
beforeEach(() => {
  there = new ThrowawayCourse().types({ 'package.json': '{"type":"module"}' }).commits()
})
afterEach(() => there[Symbol.dispose]())

const flowing = (said: string) => said.replace(/\s+/g, ' ')

test('propagate carries an edit through a conflict to the end, and the proof follows', async () => {
  const minus = 'steps/05-green-minus/src/index.ts'
  const deep = 'steps/03-refactor-own-file/src/index.ts'
  there.types({ [deep]: `${there.reads(deep)}export type Sum = number\n` })

  const stopped = await there.step('propagate', '3')
  expect(stopped.status).toBe(1)
  expect(flowing(stopped.stdout)).toBe(` Carried on into: · ${minus} `)
  expect(flowing(stopped.stderr)).toContain(
    `✗ ${minus}: both sides changed the same place. <<<<<<< what this step has export const add`,
  )
  expect(flowing(stopped.stderr)).toContain(
    "======= export { add } from './deep/add.ts' export type Sum = number >>>>>>> the edit Make it right in that file, and delete the lines with the marks. Type then: npm run step propagate 5",
  )
  expect((await there.step('propagate', '5')).status, 'while the marks are in it').toBe(1)

  const old = there.git('show', `HEAD:${minus}`)
  there.types({ [minus]: `${old}export type Sum = number\n` })
  expect(await there.step('propagate', '5')).toSay(
    'Carried on into: · src/index.ts',
    '✓ GREEN The course is proven',
  )
  expect(there.reads('src/index.ts')).toBe(there.reads(minus))
})

test('propagate carries a red and its green on together', async () => {
  const extra = "\ntest('adds nothing', () => {\n  expect(add(1, 0)).toBe(1)\n})\n"
  await there.step('insert', '4', 'zero')
  there.types({
    'steps/04-red-zero/test/sum.test.ts': `${there.reads('test/sum.test.ts')}${extra}`,
    'steps/05-green-zero/src/zero.ts': 'export const zero = 0\n',
  })
  expect(flowing((await there.step('propagate', '4', '5')).stdout)).toContain(
    'Carried on into: · test/sum.test.ts · src/zero.ts',
  )
  expect(await there.step('propagate', '4', 'five')).toRefuse(
    'Expected the number of a step (1 to 7), but "five" came.',
  )
})

test('propagate ends with what the proof does not like', async () => {
  there.types({
    'steps/05-green-minus/src/index.ts': `${there.reads('src/index.ts')}export const more = () => 1\n`,
  })
  const { status, stderr } = await there.step('propagate', '5')
  expect(status).toBe(1)
  expect(flowing(stderr)).toContain('no test runs')
})

test('propagate says where it has not carried the edit, and refuses what is no step', async () => {
  there.standsAt(2).types({ 'steps/02-green-three/src/index.ts': `${there.reads('src/index.ts')}// mine\n` })
  expect(flowing((await there.step('propagate', '2')).stdout)).toContain('Not into src/ and test/')
  expect(await there.step('propagate')).toRefuse('Expected the number of a step (1 to 5), but nothing came.')
  vi.stubEnv('PATH', '')
  expect(await there.step('propagate', '2')).toRefuse('differs from the last commit')
})
