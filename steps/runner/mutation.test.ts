import { expect, test } from 'vitest'
import { mutate } from './mutation.ts'
import { mutationsOf } from './mutants.ts'
import { ThrowawayCourse } from './throwaway.ts'

test('changes one small thing at a time, and leaves texts and comments alone', () => {
  expect(mutationsOf('  if (count >= 20 && !closed) return')).toEqual([
    '  if (count >= 20 || !closed) return',
    '  if (count > 20 && !closed) return',
    '  if (count >= 21 && !closed) return',
    '  if (true) return',
    '  if (false) return',
  ])
  expect(mutationsOf('  await this.#pool.close(true)')).toEqual([
    '  await this.#pool.close(false)',
    '  this.#pool.close(true)',
    '',
  ])
  expect(mutationsOf("  throw new Error('1 && 2') // 3 < 4")).toEqual([])
})

test('names what no test notices, and counts what is caught', async () => {
  using course = new ThrowawayCourse()
  // Nobody asks what becomes of large numbers.
  course.types({
    'steps/05-green-minus/src/index.ts': `export const add = (one: number, other: number) => one + other
export const negate = (one: number) => (one > 1_000 ? 0 : -one)
`,
  })

  const { killed, survivors } = await mutate(course.course, () => true)

  expect(survivors.map(({ name }) => name.split('-> ')[1])).toEqual([
    '`export const negate = (one: number) => (one >= 1_000 ? 0 : -one)`',
    '`export const negate = (one: number) => (one > 1001 ? 0 : -one)`',
    '`export const negate = (one: number) => (one > 1_000 ? 1 : -one)`',
  ])
  expect([...killed]).toEqual([
    [2, 1],
    [3, 1],
    [5, 1],
  ])
})
