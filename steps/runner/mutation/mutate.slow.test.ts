import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { mutantsOf } from './mutants.ts'
import { mutate } from './mutate.ts'
import { stepTexts, ThrowawayCourse } from '../testkit/throwaway-course.ts'

const modules = { 'package.json': '{"type":"module"}' }
const careless = `export const add = (one: number, other: number) => one + other
export const negate = (one: number) => (one ? -one : 0)
`

describe('with a careless green', () => {
  const course = new ThrowawayCourse()
  // No test asks what becomes of nothing.
  course.types({ ...modules, 'steps/05-green-minus/src/index.ts': careless })
  const names = mutantsOf(course.course).map(({ name }) => name)
  const [noticed = '', equal = ''] = [names[0], names.findLast((name) => name.includes('true ? -one'))]
  const listed = ['gone src/index.ts: `1` -> `2`', noticed, equal]

  let found: Awaited<ReturnType<typeof mutate>>
  beforeAll(async () => {
    found = await mutate(course.course, new Map(listed.map((name) => [name, 'why'])))
  })
  afterAll(() => course[Symbol.dispose]())

  test('names what is not noticed, at its step and in the finished src/, and counts what is noticed', () => {
    const { caught, survivors, excused, broken } = found

    const changes = ['(true ? -one : 0)', '(one ? -one : 1)', '(one ? -one : -1)'].map(
      (change) =>
        `\`export const negate = (one: number) => (one ? -one : 0)\` -> \`export const negate = (one: number) => ${change}\``,
    )
    expect([...survivors, ...excused].map(({ name }) => name).toSorted()).toEqual(
      ['green-minus', 'finished']
        .flatMap((place) => changes.map((change) => `${place} src/index.ts: ${change}`))
        .toSorted(),
    )
    expect([...caught]).toEqual([
      [2, 3],
      [3, 2],
      [5, 5],
      ['finished', 5],
    ])
    expect(broken).toEqual([])
  })

  test('excuses what is listed as equivalent, and reports a listed name that has no mutant or is noticed', () => {
    const { excused, survivors, stale } = found
    expect(excused.map(({ name }) => name)).toEqual([equal])
    expect(survivors).toHaveLength(5)
    expect(stale).toEqual(['gone src/index.ts: `1` -> `2`', noticed])
  })
})

/** A course of one cycle: what takes long is to try what no test notices once more, by itself. */
function oneCycle(code: string, tests = adds): ThrowawayCourse {
  const red = 'does: adds\nfails:\n  test: adds\n  error: Error\n  message: Cannot find module\n'
  return new ThrowawayCourse({
    ...modules,
    ...stepTexts('01-red-adds', 'Ask for a sum', 'sum', red),
    'steps/01-red-adds/test/sum.test.ts': tests,
    ...stepTexts('02-green-sum', 'A sum', 'sum'),
    'steps/02-green-sum/src/index.ts': code,
  })
}
const adds = `import { expect, test } from 'vitest'
import { add } from '../src/index.ts'

test('adds', () => {
  expect(add(1, 2)).toBe(3)
})
`
const sum = 'export const add = (one: number, other: number) => one + other\n'

test('tells who is refused by the type checker alone', async () => {
  using course = oneCycle(`${sum}export const size = (text?: string) => text?.length ?? 0\n`)

  const { refused, survivors } = await mutate(course.course, new Map(), 2)

  expect(refused.map(({ name }) => name.split(' -> ')[1])).toContain(
    '`export const size = (text?: string) => text.length ?? 0`',
  )
  expect(survivors.map(({ name }) => name.split(' -> ')[1])).toContain(
    '`export const size = (text?: string) => text?.length ?? 1`',
  )
})

test('reports tests that fail with nothing changed', async () => {
  using course = oneCycle(sum.replace('+', '-'))

  expect((await mutate(course.course, new Map(), 2)).broken).toEqual([2])
})

test('reports types that do not hold with nothing changed', async () => {
  using course = oneCycle(`${sum}export const size = Number('1', 2)\n`)

  const { broken, refused } = await mutate(course.course, new Map(), 2)

  expect(refused).not.toEqual([])
  expect(broken).toEqual([2])
})

test('does not take a failure for notice that does not come again', async () => {
  const once = `
test('fails the first time', () => {
  const mark = new URL('mark', import.meta.url)
  const isFirst = !existsSync(mark)
  writeFileSync(mark, '')
  expect(isFirst).toBe(false)
})
`
  using course = oneCycle(
    `${sum}export const unit = 'a'\n`,
    `import { existsSync, writeFileSync } from 'node:fs'\n${adds}${once}`,
  )

  const { survivors, broken } = await mutate(course.course, new Map(), 2)

  expect(survivors.map(({ name }) => name.split(' -> ')[1])).toEqual(["`export const unit = ''`"])
  expect(broken).toEqual([])
})
