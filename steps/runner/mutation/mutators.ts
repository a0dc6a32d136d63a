import { parseSync } from 'vite'
import { changedPatterns } from './patterns.ts'

/** One small change of a source text: what stands from `start` to `end` becomes `text`. */
export interface Mutation {
  readonly start: number
  readonly end: number
  readonly text: string
}

interface Node {
  readonly type: string
  readonly start: number
  readonly end: number
  readonly [part: string]: unknown
}

type Operator = (node: Node, source: string) => readonly Mutation[]

const opposites: Readonly<Record<string, string>> = {
  '===': '!==',
  '!==': '===',
  '<': '<=',
  '<=': '<',
  '>': '>=',
  '>=': '>',
  '+': '-',
  '-': '+',
  '*': '/',
  '/': '*',
  '**': '*',
  '%': '*',
  '++': '--',
  '--': '++',
  '&&': '||',
  '||': '&&',
  '+=': '-=',
  '-=': '+=',
  '??=': '=',
  '||=': '=',
  '&&=': '=',
}

const becomes = ({ start, end }: Pick<Node, 'start' | 'end'>, text: string): Mutation => ({
  start,
  end,
  text,
})

const part = (node: Node, name: string) => node[name] as Node
const parts = (node: Node, name: string) => node[name] as readonly Node[]
const textOf = ({ start, end }: Node, source: string) => source.slice(start, end)

/** Methods that do nearly the same: code that confuses the two often works. */
const siblings: Readonly<Record<string, readonly string[]>> = {
  startsWith: ['includes', 'endsWith'],
  endsWith: ['includes', 'startsWith'],
  includes: ['startsWith', 'endsWith'],
  ...Object.fromEntries(
    [
      ['on', 'once'],
      ['push', 'unshift'],
      ['shift', 'pop'],
      ['some', 'every'],
      ['min', 'max'],
      ['floor', 'ceil'],
      ['find', 'findLast'],
      ['findIndex', 'findLastIndex'],
      ['indexOf', 'lastIndexOf'],
      ['toLowerCase', 'toUpperCase'],
      ['trimStart', 'trimEnd'],
      ['padStart', 'padEnd'],
      ['replace', 'replaceAll'],
      ['keys', 'values'],
      ['all', 'race'],
    ].flatMap(([one = '', other = '']) => [
      [one, [other]],
      [other, [one]],
    ]),
  ),
}

/** These only pick, order or cut: what they are asked of takes their place. */
const leftOut = new Set(
  'filter slice sort toSorted reverse toReversed trim trimStart trimEnd flat concat'.split(' '),
)

/** The operator between two sides becomes its opposite or its neighbour. */
const opposite: Operator = (node, source) => {
  const other = opposites[String(node['operator'])]
  if (other === undefined) return []
  const { end } = part(node, 'left')
  const start = source.indexOf(String(node['operator']), end)
  return [becomes({ start, end: start + String(node['operator']).length }, other)]
}

/** Of `one ?? other`, `one && other` there is only the one, or only the other. */
const sides: Operator = (node, source) =>
  [part(node, 'left'), part(node, 'right')].map((side) => becomes(node, textOf(side, source)))

/** A condition always holds, or never. */
const decided: Operator = (node) =>
  String(part(node, 'test').type) === 'Literal'
    ? []
    : ['true', 'false'].map((text) => becomes(part(node, 'test'), text))

/** `!x`, `-x` or `await x` without the sign or word. */
const bare: Operator = (node, source) => [becomes(node, textOf(part(node, 'argument'), source))]

/** What an array or an object holds is not there. */
const without = (node: Node, name: string, source: string): readonly Mutation[] =>
  parts(node, name).map(({ start, end }) => ({
    start,
    end: end + (/^\s*,/.exec(source.slice(end))?.[0].length ?? 0),
    text: '',
  }))

/** An object in a list has each property that others in the list have, and it has not. */
const withOthers: Operator = ({ elements }, source) => {
  const objects = (elements as readonly (Node | null)[]).filter((one) => one?.type === 'ObjectExpression')
  const all = objects.flatMap((one) => (one ? [{ one, properties: propertiesOf(one, source) }] : []))
  const known = new Map(all.flatMap(({ properties }) => [...properties]))
  return all.flatMap(({ one, properties }) => {
    // Before its first, so that the mutant's name tells which object it is.
    const [first] = parts(one, 'properties')
    return [...known].flatMap(([key, text]) =>
      !first || properties.has(key) ? [] : [{ start: first.start, end: first.start, text: `${text}, ` }],
    )
  })
}

/** By their keys, as they are written. */
const propertiesOf = (object: Node, source: string): ReadonlyMap<string, string> =>
  new Map(
    parts(object, 'properties').flatMap((property) =>
      property.type === 'Property' ? [[textOf(part(property, 'key'), source), textOf(property, source)]] : [],
    ),
  )

/** `setTimeout(leave, 5)` without the 5. */
function fewer(node: Node): readonly Mutation[] {
  const [last, before] = parts(node, 'arguments').toReversed()
  return last && before ? [{ start: before.end, end: last.end, text: '' }] : []
}

/** `all.some(x)` is `all.every(x)`; `all.filter(x)` is `all`. */
function otherMethod(node: Node, source: string): readonly Mutation[] {
  const callee = part(node, 'callee')
  if (callee.type !== 'MemberExpression' || callee['computed']) return []
  const name = part(callee, 'property')
  const called = textOf(name, source)
  // A link of a chain is left out anyway.
  const links = part(callee, 'object').type === 'CallExpression'
  return [
    ...(Object.hasOwn(siblings, called) ? (siblings[called] ?? []) : []).map((other) => becomes(name, other)),
    ...(leftOut.has(called) && !links ? [becomes(node, textOf(part(callee, 'object'), source))] : []),
  ]
}

/** What is changed in which kind of node: operators, values, conditions, waiting, and whether a thing is there at all. */
const operators: Readonly<Record<string, Operator>> = {
  BinaryExpression: opposite,
  AssignmentExpression: opposite,
  UpdateExpression: (node, source) => [
    becomes(
      node,
      textOf(node, source).replace(String(node['operator']), opposites[String(node['operator'])] ?? ''),
    ),
  ],
  LogicalExpression: (node, source) => [...opposite(node, source), ...sides(node, source)],
  // Without its default.
  AssignmentPattern: (node, source) => [becomes(node, textOf(part(node, 'left'), source))],
  IfStatement: decided,
  ConditionalExpression: decided,
  AwaitExpression: bare,
  UnaryExpression: (node, source) =>
    ['!', '-'].includes(String(node['operator'])) ? bare(node, source) : [],
  Literal: (node) => {
    const { value, regex } = node
    if (typeof value === 'boolean') return [becomes(node, String(!value))]
    if (typeof value === 'number') {
      return [...new Set([value + 1, value - 1, 0])].map((other) => becomes(node, String(other)))
    }
    if (typeof value === 'string') return value === '' ? [] : [becomes(node, "''")]
    if (!isPattern(regex)) return []
    const others = ['/(?:)/', '/(?!)/', ...changedPatterns(regex.pattern, regex.flags)]
    return [...new Set(others)].map((text) => becomes(node, text))
  },
  TemplateLiteral: (node) => [becomes(node, '``')],
  ArrayExpression: (node, source) => [...without(node, 'elements', source), ...withOthers(node, source)],
  ObjectExpression: (node, source) => without(node, 'properties', source),
  ExpressionStatement: (node) => [becomes(node, ';')],
  ReturnStatement: (node) => (node['argument'] ? [] : [becomes(node, ';')]),
  ThrowStatement: (node) => [becomes(node, ';')],
  // A literal is changed as a literal.
  ArrowFunctionExpression: (node) =>
    ['BlockStatement', 'Literal'].includes(part(node, 'body').type)
      ? []
      : [becomes(part(node, 'body'), 'undefined')],
  // `a?.b` without its question, and a link of a chain left out: `a.b().c()` -> `a.b()`.
  MemberExpression: (node) => questions(node, node['computed'] ? '' : '.'),
  CallExpression: (node, source) => [
    ...questions(node, ''),
    ...shorter(node, source),
    ...otherMethod(node, source),
    ...fewer(node),
  ],
  NewExpression: fewer,
}

const questions = (node: Node, text: string): readonly Mutation[] =>
  node['optional'] ? [{ start: ends(node), end: ends(node) + 2, text }] : []

const ends = (node: Node) => part(node, node.type === 'CallExpression' ? 'callee' : 'object').end

function shorter(node: Node, source: string): readonly Mutation[] {
  const callee = part(node, 'callee')
  if (callee.type !== 'MemberExpression') return []
  const before = part(callee, 'object')
  return before.type === 'CallExpression' ? [becomes(node, textOf(before, source))] : []
}

/**
 * Types run nothing, and what is imported is not ours. A loop that counts or waits for something could become endless,
 * and nothing stops a test that never lets go.
 */
const untouched = /^(?:TS(?!AsE|SatisfiesE|NonNullE)|Import|ExportAll|While|DoWhile|ForStatement)/

/** Every small change of a module that its tests should notice. */
export function mutationsOf(source: string): readonly Mutation[] {
  const found: Mutation[] = []
  const visit = (value: unknown) => {
    if (Array.isArray(value)) for (const each of value) visit(each)
    if (!isNode(value) || untouched.test(value.type)) return
    found.push(...(operators[value.type]?.(value, source) ?? []))
    // Where something is imported from is no value.
    for (const [name, each] of Object.entries(value)) {
      if (name !== 'source' && !(name === 'key' && isNumber(each))) visit(each)
    }
  }
  visit(parseSync('mutated.ts', source).program)
  return found.filter(({ start, end, text }) => source.slice(start, end) !== text)
}

const isNode = (value: unknown): value is Node =>
  value !== null && typeof value === 'object' && 'type' in value && typeof value.type === 'string'

/** As a name of a property it cannot become just any other. */
const isNumber = (value: unknown) => isNode(value) && typeof value['value'] === 'number'

interface Pattern {
  readonly pattern: string
  readonly flags: string
}

const isPattern = (value: unknown): value is Pattern =>
  value !== null && typeof value === 'object' && 'pattern' in value && 'flags' in value

/** The text with the change. */
export const mutated = (source: string, { start, end, text }: Mutation): string =>
  source.slice(0, start) + text + source.slice(end)
