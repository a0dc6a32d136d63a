import { expect, test } from 'vitest'
import { parseSync } from 'vite'
import { mutated, mutationsOf } from './mutators.ts'

const changesOf = (source: string) => mutationsOf(source).map((mutation) => mutated(source, mutation))

test('changes one small thing at a time', () => {
  expect(changesOf('if (count >= 20 && !closed) leave()')).toEqual([
    'if (true) leave()',
    'if (false) leave()',
    'if (count >= 20 || !closed) leave()',
    'if (count >= 20) leave()',
    'if (!closed) leave()',
    'if (count > 20 && !closed) leave()',
    'if (count >= 21 && !closed) leave()',
    'if (count >= 19 && !closed) leave()',
    'if (count >= 0 && !closed) leave()',
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
  expect(changesOf('const port = scheme.exec(url) || `${before}1`')).toEqual([
    'const port = scheme.exec(url) && `${before}1`',
    'const port = scheme.exec(url)',
    'const port = `${before}1`',
    'const port = scheme.exec(url) || ``',
  ])
})

test('numbers move to both sides, and to nothing', () => {
  expect(changesOf('const limits = 20')).toEqual([
    'const limits = 21',
    'const limits = 19',
    'const limits = 0',
  ])
  expect(changesOf('const none = 0')).toEqual(['const none = 1', 'const none = -1'])
  expect(changesOf('const one = 1')).toEqual(['const one = 2', 'const one = 0'])
  expect(changesOf('const last = all.at(-1)')).toEqual([
    'const last = all.at(1)',
    'const last = all.at(-2)',
    'const last = all.at(-0)',
  ])
})

test('counts the other way', () => {
  expect(changesOf('const next = count++')).toEqual(['const next = count--'])
  expect(changesOf('const next = --count')).toEqual(['const next = ++count'])
})

test('a method becomes one that does nearly the same', () => {
  expect(changesOf("const first = name.startsWith('a')")).toEqual([
    "const first = name.includes('a')",
    "const first = name.endsWith('a')",
    "const first = name.startsWith('')",
  ])
  for (const [one, other] of [
    ['on', 'once'],
    ['push', 'unshift'],
    ['shift', 'pop'],
    ['some', 'every'],
    ['min', 'max'],
    ['floor', 'ceil'],
    ['find', 'findLast'],
    ['toLowerCase', 'toUpperCase'],
    ['replaceAll', 'replace'],
    ['all', 'race'],
  ]) {
    expect(changesOf(`const it = that.${one}(x)`), one).toEqual([`const it = that.${other}(x)`])
    expect(changesOf(`const it = that?.${other}(x)`), other).toContain(`const it = that?.${one}(x)`)
  }
  // A name of ours that is no method.
  expect(changesOf('const it = on(x)')).toEqual([])
  expect(changesOf('const it = that[on](x)')).toEqual([])
})

test('a method that only picks or orders is left out', () => {
  expect(changesOf('const it = all.filter(isGood)')).toEqual(['const it = all'])
  expect(changesOf('const it = all.toSorted().trim()')).toEqual([
    'const it = all.toSorted()',
    'const it = all.trim()',
  ])
})

test('the last of several arguments is not given', () => {
  expect(changesOf('const timer = setTimeout(leave, limit)')).toEqual(['const timer = setTimeout(leave)'])
  expect(changesOf('const it = new Error(text, { cause })')).toEqual([
    'const it = new Error(text)',
    'const it = new Error(text, {  })',
  ])
})

test('a default is not there', () => {
  expect(changesOf('function open(env = process.env, { url = here } = env) {}')).toEqual([
    'function open(env, { url = here } = env) {}',
    'function open(env = process.env, { url = here }) {}',
    'function open(env = process.env, { url } = env) {}',
  ])
})

test('an object in a list has a property that others in it have', () => {
  expect(changesOf('const rows = [{ cause, fix: true }, { cause }]')).toEqual([
    'const rows = [ { cause }]',
    'const rows = [{ cause, fix: true }, ]',
    'const rows = [{ cause, fix: true }, { fix: true, cause }]',
    'const rows = [{  fix: true }, { cause }]',
    'const rows = [{ cause,  }, { cause }]',
    'const rows = [{ cause, fix: false }, { cause }]',
    'const rows = [{ cause, fix: true }, {  }]',
  ])
})

test('a pattern is wider or narrower', () => {
  expect(changesOf('const hint = /EPIPE|closed/s')).toEqual([
    'const hint = /(?:)/',
    'const hint = /(?!)/',
    'const hint = /closed/s',
    'const hint = /EPIPE/s',
    'const hint = /EPIPE|closed/',
  ])
})

test('what stands in brackets stays there', () => {
  expect(changesOf('const ok = all && (one || other) && !(yes ?? no)')).toContain(
    'const ok = (one || other) && !(yes ?? no)',
  )
  expect(changesOf('const ok = !(yes ?? no)')).toContain('const ok = (yes ?? no)')
})

test('leaves alone what runs nothing, and loops that may never end', () => {
  expect(changesOf("import { add } from './add.ts' // 1 < 2 && true\ntype Phase = 'red' | 1\n")).toEqual([])
  expect(changesOf("export { add } from './add.ts'")).toEqual([])
  expect(changesOf('while (queue.length > 1) queue.pop()')).toEqual([])
})

test('makes nothing that cannot be parsed', () => {
  const source = `
export const say = (one: number): void => {
  if (one > 1) return
  for (const each of [one, 2, ...rest]) if (each) say(each)
  else throw new Error(\`no \${one}\`)
}
class Counter {
  #count = 0
  readonly step = (): number => (this.#count += 1) as number
  static readonly table = { 0: 'none', 'one': 1, [2]: [{ a: 0 }, { b: -1 }] }
  open({ port = 0, ...more } = this.rest, count = this.#count++) { return more.min(port, count) }
  get all() { return { ...this, first: rest?.[0], then: () => ({ a: 1 }) } satisfies object }
}
`
  expect(changesOf(source).length).toBeGreaterThan(20)
  for (const change of changesOf(source)) {
    expect(parseSync('mutant.ts', change).errors, change).toEqual([])
  }
})
