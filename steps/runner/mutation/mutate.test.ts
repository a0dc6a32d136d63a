import { expect, test } from 'vitest'
import { mutantsOf } from './mutants.ts'
import { mutate } from './mutate.ts'
import { mutated, mutationsOf } from './mutators.ts'
import { ThrowawayCourse } from '../testkit/throwaway-course.ts'

const changesOf = (source: string) => mutationsOf(source).map((mutation) => mutated(source, mutation))

test('changes one small thing at a time', () => {
  expect(changesOf('if (count >= 20 && !closed) leave()')).toEqual([
    'if (true) leave()',
    'if (false) leave()',
    'if (count >= 20 || !closed) leave()',
    'if (count > 20 && !closed) leave()',
    'if (count >= 21 && !closed) leave()',
    'if (count >= 20 && closed) leave()',
    'if (count >= 20 && !closed) ;',
  ])
  expect(changesOf('await pool?.open(true).close()')).toEqual([
    ';',
    'pool?.open(true).close()',
    'await pool?.open(true)',
    'await pool.open(true).close()',
    'await pool?.open(false).close()',
  ])
  expect(changesOf("const show = () => url ?? { host: 'here', ...more }")).toEqual([
    'const show = () => undefined',
    'const show = () => url',
    "const show = () => { host: 'here', ...more }",
    'const show = () => url ?? {  ...more }',
    "const show = () => url ?? { host: 'here',  }",
    "const show = () => url ?? { host: '', ...more }",
  ])
  expect(changesOf('const port = url.replace(/^\\w+:/, "") || `${before}1`')).toEqual([
    'const port = url.replace(/^\\w+:/, "") && `${before}1`',
    'const port = url.replace(/(?:)/, "") || `${before}1`',
    'const port = url.replace(/(?!)/, "") || `${before}1`',
    'const port = url.replace(/^\\w+:/, "") || ``',
  ])
})

test('leaves alone what runs nothing, and loops that may never end', () => {
  expect(changesOf("import { add } from './add.ts' // 1 < 2 && true\ntype Phase = 'red' | 1\n")).toEqual([])
  expect(changesOf("export { add } from './add.ts'")).toEqual([])
  expect(changesOf('while (queue.length > 1) queue.pop()')).toEqual([])
})

test('makes nothing that cannot be parsed', async () => {
  const { parseAst } = await import('vitest/node')
  const source = `
export const say = (one: number): void => {
  if (one > 1) return
  for (const each of [one, 2, ...rest]) if (each) say(each)
  else throw new Error(\`no \${one}\`)
}
class Counter {
  #count = 0
  readonly step = (): number => (this.#count += 1) as number
  get all() { return { ...this, first: rest?.[0], then: () => ({ a: 1 }) } satisfies object }
}
`
  expect(changesOf(source).length).toBeGreaterThan(20)
  for (const change of changesOf(source)) {
    expect(() => parseAst(change, { lang: 'ts' }), change).not.toThrow()
  }
})

const modules = { 'package.json': '{"type":"module"}' }
const careless = `export const add = (one: number, other: number) => one + other
export const negate = (one: number) => (one > 1_000 ? 0 : -one)
`

test('names what nobody notices, at its step and in the finished src/, and counts what is noticed', async () => {
  using course = new ThrowawayCourse()
  // Nobody asks what becomes of large numbers.
  course.types({ ...modules, 'steps/05-green-minus/src/index.ts': careless })

  const { caught, survivors, broken } = await mutate(course.course, new Map())

  const changes = [
    '`export const negate = (one: number) => (one > 1_000 ? 0 : -one)` -> `export const negate = (one: number) => (false ? 0 : -one)`',
    '`export const negate = (one: number) => (one > 1_000 ? 0 : -one)` -> `export const negate = (one: number) => (one >= 1_000 ? 0 : -one)`',
    '`export const negate = (one: number) => (one > 1_000 ? 0 : -one)` -> `export const negate = (one: number) => (one > 1001 ? 0 : -one)`',
    '`export const negate = (one: number) => (one > 1_000 ? 0 : -one)` -> `export const negate = (one: number) => (one > 1_000 ? 1 : -one)`',
  ]
  expect(survivors.map(({ name }) => name)).toEqual(
    ['green-minus', 'finished'].flatMap((place) =>
      changes.map((change) => `${place} src/index.ts: ${change}`),
    ),
  )
  expect([...caught]).toEqual([
    [2, 1],
    [3, 2],
    [5, 4],
    ['finished', 4],
  ])
  expect(broken).toEqual([])
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

test('excuses what is listed as equivalent, and reports a listed name that has no mutant or is noticed', async () => {
  using course = new ThrowawayCourse()
  course.types({ ...modules, 'steps/05-green-minus/src/index.ts': careless })
  const names = mutantsOf(course.course).map(({ name }) => name)
  const [noticed = '', equal = ''] = [names[0], names.at(-1)]
  const listed = ['gone src/index.ts: `1` -> `2`', noticed, equal]

  const { excused, survivors, stale } = await mutate(
    course.course,
    new Map(listed.map((name) => [name, 'why'])),
  )

  expect(excused.map(({ name }) => name)).toEqual([equal])
  expect(survivors).toHaveLength(7)
  expect(stale).toEqual(['gone src/index.ts: `1` -> `2`', noticed])
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
    'steps/05-green-minus/src/index.ts': careless.replace('1_000', "Number('1', 2)"),
  })

  const { broken, refused } = await mutate(course.course, new Map(), 5)

  expect(refused).not.toEqual([])
  expect(broken).toEqual([5])
})

test('the command refuses a word that is no green, no refactor and not "finished"', async () => {
  using course = new ThrowawayCourse()

  for (const word of ['1', '99', 'nonsense']) {
    expect(await course.step('mutation', word)).toRefuse(`this came: ${word}`)
  }
})
