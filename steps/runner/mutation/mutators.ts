import { parseAst } from 'vitest/node'

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

/** The operator between two sides becomes its opposite or its neighbour. */
const opposite: Operator = (node, source) => {
  const other = opposites[String(node['operator'])]
  if (other === undefined) return []
  const { end } = part(node, 'left')
  const start = source.indexOf(String(node['operator']), end)
  return [becomes({ start, end: start + String(node['operator']).length }, other)]
}

/** `one ?? other` is always the one, or always the other. */
const sides: Operator = (node, source) =>
  [part(node, 'left'), part(node, 'right')].map((side) => becomes(node, textOf(side, source)))

/** A condition always holds, or never. */
const decided: Operator = (node) =>
  String(part(node, 'test').type) === 'Literal'
    ? []
    : ['true', 'false'].map((text) => becomes(part(node, 'test'), text))

/** `!x` or `await x` without the word. */
const bare: Operator = (node, source) => [becomes(node, textOf(part(node, 'argument'), source))]

/** What an array or a call's list holds is not there. */
const without = (node: Node, name: string, source: string): readonly Mutation[] =>
  parts(node, name).map(({ start, end }) => ({
    start,
    end: end + (/^\s*,/.exec(source.slice(end))?.[0].length ?? 0),
    text: '',
  }))

/** What is changed in which kind of node: operators, values, conditions, waiting, and whether a thing is there at all. */
const operators: Readonly<Record<string, Operator>> = {
  BinaryExpression: opposite,
  AssignmentExpression: opposite,
  LogicalExpression: (node, source) =>
    node['operator'] === '??' ? sides(node, source) : opposite(node, source),
  IfStatement: decided,
  ConditionalExpression: decided,
  AwaitExpression: bare,
  UnaryExpression: (node, source) => (node['operator'] === '!' ? bare(node, source) : []),
  Literal: (node) => {
    const { value, raw } = node
    if (typeof value === 'boolean') return [becomes(node, String(!value))]
    if (typeof value === 'number') return [becomes(node, String(value + 1))]
    if (typeof value === 'string') return value === '' ? [] : [becomes(node, "''")]
    return node['regex'] && raw !== '/(?!)/' ? ['/(?:)/', '/(?!)/'].map((text) => becomes(node, text)) : []
  },
  TemplateLiteral: (node) => [becomes(node, '``')],
  ArrayExpression: (node, source) => without(node, 'elements', source),
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
  CallExpression: (node, source) => [...questions(node, ''), ...shorter(node, source)],
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
    for (const [name, each] of Object.entries(value)) if (name !== 'source') visit(each)
  }
  visit(parseAst(source, { lang: 'ts' }))
  return found.filter(({ start, end, text }) => source.slice(start, end) !== text)
}

const isNode = (value: unknown): value is Node =>
  value !== null && typeof value === 'object' && 'type' in value && typeof value.type === 'string'

/** The text with the change. */
export const mutated = (source: string, { start, end, text }: Mutation): string =>
  source.slice(0, start) + text + source.slice(end)
