import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { mutantsOf } from './mutants.ts'
import { mutate } from './mutate.ts'
import { ThrowawayCourse } from '../testkit/throwaway-course.ts'

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

test('tells who is refused by the type checker alone', async () => {
  using course = new ThrowawayCourse()
  course.types({
    ...modules,
    'steps/05-green-minus/src/index.ts': `${careless.split('\n')[0]}
export const negate = (one: number) => -one
export const size = (text?: string) => text?.length ?? 0
`,
  })

  const { refused, survivors } = await mutate(course.course, new Map(), 5)

  expect(refused.map(({ name }) => name.split(' -> ')[1])).toContain(
    '`export const size = (text?: string) => text.length ?? 0`',
  )
  expect(survivors.map(({ name }) => name.split(' -> ')[1])).toContain(
    '`export const size = (text?: string) => text?.length ?? 1`',
  )
})

test('reports tests that fail with nothing changed', async () => {
  using course = new ThrowawayCourse()
  course.types({ ...modules, 'steps/05-green-minus/src/index.ts': careless.replace('-one', 'one') })

  expect((await mutate(course.course, new Map(), 5)).broken).toEqual([5])
})

test('reports types that do not hold with nothing changed', async () => {
  using course = new ThrowawayCourse()
  course.types({
    ...modules,
    'steps/05-green-minus/src/index.ts': careless.replace('(one ?', "(Number('1', 2) ?"),
  })

  const { broken, refused } = await mutate(course.course, new Map(), 5)

  expect(refused).not.toEqual([])
  expect(broken).toEqual([5])
})

test('does not take a failure for notice that does not come again', async () => {
  using course = new ThrowawayCourse()
  const negates = course.reads('steps/04-red-negates/test/less.test.ts')
  const once = `
test('fails the first time', () => {
  const mark = new URL('mark', import.meta.url)
  const isFirst = !existsSync(mark)
  writeFileSync(mark, '')
  expect(isFirst).toBe(false)
})
`
  course.types({
    ...modules,
    'steps/05-green-minus/src/index.ts': careless,
    'steps/04-red-negates/test/less.test.ts': `import { existsSync, writeFileSync } from 'node:fs'\n${negates}${once}`,
  })

  const { survivors, broken } = await mutate(course.course, new Map(), 5)

  expect(survivors).toHaveLength(3)
  expect(broken).toEqual([])
})
