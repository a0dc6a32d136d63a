import { stateAt } from '../course/state.ts'
import { stepTexts, ThrowawayCourse, wrongAnswer } from './throwaway-course.ts'

// A course to move cycles in: `double` and `half` are one below the other, `twice` is on top of `negate`.

interface Cycle {
  readonly file: 'sum' | 'less'
  readonly name: string
  readonly error: string
  readonly call: string
  readonly result: number
  readonly code: string
}

const missing = 'error: Error\n  message: Cannot find module'
export const cycles: readonly Cycle[] = [
  {
    file: 'sum',
    name: 'add',
    error: missing,
    call: 'add(1, 2)',
    result: 3,
    code: '(one: number, other: number) => one + other',
  },
  {
    file: 'less',
    name: 'negate',
    error: missing,
    call: 'negate(1)',
    result: -1,
    code: '(one: number) => -one',
  },
  { file: 'sum', name: 'double', error: '', call: 'double(2)', result: 4, code: '(one: number) => one * 2' },
  {
    file: 'less',
    name: 'twice',
    error: '',
    call: 'twice(2)',
    result: -4,
    code: '(one: number) => negate(one) * 2',
  },
  { file: 'sum', name: 'half', error: '', call: 'half(2)', result: 1, code: '(one: number) => one / 2' },
]

export const testsOf = (file: string, some: readonly Cycle[]) =>
  `import { expect, test } from 'vitest'\nimport * as it from '../src/${file}.ts'\n${some
    .filter((one) => one.file === file)
    .map(
      ({ name, call, result }) => `\ntest('can ${name}', () => {\n  expect(it.${call}).toBe(${result})\n})\n`,
    )
    .join('')}`

export const codeOf = (file: string, some: readonly Cycle[]) =>
  some.flatMap((one) => (one.file === file ? `export const ${one.name} = ${one.code}\n` : [])).join('')

const files = Object.assign(
  {},
  ...cycles.flatMap(({ file, name, error }, index) => {
    const known = cycles.slice(0, index + 1)
    const [red, green] = [2 * index + 1, 2 * index + 2].map((number) => String(number).padStart(2, '0'))
    const fails = error || `error: TypeError\n  message: ${name} is not a function`
    return [
      stepTexts(
        `${red}-red-${name}`,
        `Ask to ${name}`,
        file,
        `does: It can ${name}\nfails:\n  test: can ${name}\n  ${fails}\n`,
      ),
      { [`steps/${red}-red-${name}/test/${file}.test.ts`]: testsOf(file, known) },
      stepTexts(
        `${green}-green-${name}`,
        `It can ${name}`,
        file,
        wrongAnswer('answers nothing', `src/${file}.ts`, name, '() => {}'),
      ),
      { [`steps/${green}-green-${name}/src/${file}.ts`]: codeOf(file, known) },
    ]
  }),
) as Readonly<Record<string, string>>

/** A course of ten steps, two for each cycle, in two chapters. */
export const fiveCycles = () => new ThrowawayCourse({ ...files, 'package.json': '{"type":"module"}' })

/** Everything in its steps, but for what came later. */
export const everythingIn = (there: ThrowawayCourse) => Object.keys(files).map((path) => there.reads(path))

export const orderIn = (there: ThrowawayCourse) =>
  there.course.steps.map(({ number, phase, slug }) => `${number} ${phase} ${slug}`)

export const stateIn = (there: ThrowawayCourse, number: number) =>
  Object.fromEntries([...stateAt(there.course, number)].map(([path, bytes]) => [path, bytes.toString()]))
