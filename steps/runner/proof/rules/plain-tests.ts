import { problemIn, type Problem } from '../../course/problem.ts'
import {
  lineOf,
  nodesIn,
  sourceOf,
  type Call,
  type Expression,
  type Node,
  type Source,
  type Statement,
} from '../../course/syntax-tree.ts'
import type { Evidence } from '../evidence.ts'

/** What may stand between `test` and its call. Everything else lets a test fail, or not run, and the run still pass. */
const harmless = new Set(['each', 'for', 'concurrent', 'sequential'])
const registering = new Set(['test', 'it', 'describe', 'suite'])

/** Each test of the course is called plainly: it runs, once, everywhere, and passes when all it asserts holds. */
export function* checkPlainTests({ folds }: Pick<Evidence, 'folds'>): Iterable<Problem> {
  const fix = 'call test(name, function) and nothing more: a test runs once, everywhere, and has to pass'
  for (const { step } of folds) {
    for (const [path, bytes] of step.files) {
      const source = /^test\/.*\.m?ts$/.test(path) ? sourceOf(path, bytes) : null
      for (const { at, what } of source ? oddPlacesIn(source, /\.(?:test|spec)\.ts$/.test(path)) : []) {
        yield problemIn(step, path, `line ${lineOf(source?.text ?? '', at)}: ${what}`, fix)
      }
    }
  }
}

interface Odd {
  /** Where in the text. */
  readonly at: number
  readonly what: string
}

function oddPlacesIn({ program, text }: Source, isTestFile: boolean): readonly Odd[] {
  const odd: Odd[] = []
  const names = new Map<string, string>()
  for (const node of program.body) {
    if (!('source' in node) || node.source?.value !== 'vitest') continue
    if (node.type !== 'ImportDeclaration')
      odd.push({ at: node.start, what: 'it passes vitest on under its own name' })
    else
      for (const one of node.specifiers) {
        const imported =
          one.type === 'ImportSpecifier' && one.imported.type === 'Identifier' ? one.imported.name : '*'
        if (imported === '*')
          odd.push({ at: one.start, what: 'it imports vitest as a whole, not by its names' })
        else if (!isTestFile && registering.has(imported))
          odd.push({ at: one.start, what: `it takes "${imported}" outside of a test file` })
        else names.set(one.local.name, imported)
      }
  }
  const plain = new Set<unknown>()
  const visit = (body: readonly Statement[]) => {
    for (const statement of body) {
      if (statement.type === 'ForOfStatement' && statement.body.type === 'BlockStatement')
        visit(statement.body.body)
      if (statement.type !== 'ExpressionStatement' || statement.expression.type !== 'CallExpression') continue
      const call = statement.expression
      const name = calleeOf(call.callee)
      if (!name || !registering.has(names.get(name.name) ?? '')) continue
      plain.add(name)
      odd.push(...oddIn(call, text))
      if (!['describe', 'suite'].includes(names.get(name.name) ?? '')) continue
      for (const part of call.arguments) {
        if ('body' in part && part.body?.type === 'BlockStatement') visit(part.body.body)
      }
    }
  }
  visit(program.body)
  for (const [node, holder] of nodesIn(program)) {
    const name = node.type === 'Identifier' && 'name' in node ? String(node.name) : ''
    const stands = names.get(name)
    if (stands === undefined || isOnlyAKey(node, holder)) continue
    if (registering.has(stands) && !plain.has(node))
      odd.push({ at: node.start, what: `"${name}" is not called plainly` })
    if (stands === 'vi') odd.push(...oddUseOf(node, holder))
  }
  return odd
}

/** The name at the root of a callee, when only harmless words follow it; null otherwise. */
function calleeOf(callee: Expression): (Expression & { readonly type: 'Identifier' }) | null {
  if (callee.type === 'Identifier') return callee
  if (callee.type === 'CallExpression') return calleeOf(callee.callee)
  if (callee.type !== 'MemberExpression' || callee.computed || callee.property.type !== 'Identifier')
    return null
  return harmless.has(callee.property.name) ? calleeOf(callee.object) : null
}

/** What else than a title, a function and a time a test is given. */
function oddIn({ arguments: [, ...given] }: Call, text: string): readonly Odd[] {
  return given.flatMap((one): readonly Odd[] => {
    if (one.type === 'ArrowFunctionExpression' || one.type === 'FunctionExpression') {
      const [context] = one.params
      // Letters may be written as escapes.
      return /skip|\\/.test(text.slice(one.start, one.end)) ? skipsIn(one.body, context) : []
    }
    const isTime = one.type === 'Literal' && typeof one.value === 'number'
    return isTime ? [] : [{ at: one.start, what: 'a test takes a title, a function and a time, not options' }]
  })
}

/** Where a test leaves itself out, by what it is given. */
function skipsIn(body: unknown, context: unknown): readonly Odd[] {
  return nodesIn([context, body]).flatMap(([node]) =>
    (node.type === 'Property' && 'key' in node && isNamed(node.key, 'skip')) ||
    (node.type === 'MemberExpression' &&
      'property' in node &&
      isNamed(node.property, 'skip') &&
      'object' in node &&
      isSame(node.object, context))
      ? [{ at: node.start, what: 'a test that leaves itself out proves nothing' }]
      : [],
  )
}

const isNamed = (node: unknown, name: string) =>
  node !== null &&
  typeof node === 'object' &&
  (('name' in node && node.name === name) || ('value' in node && node.value === name))

const isSame = (one: unknown, other: unknown) =>
  other !== null && typeof other === 'object' && 'name' in other && isNamed(one, String(other.name))

/** `vi.mock` counts for the whole file wherever it stands, and `vi.setConfig` for all that comes after it. */
function oddUseOf(node: Node, holder: Node | null): readonly Odd[] {
  if (holder?.type !== 'MemberExpression' || !('property' in holder)) return []
  const name = ['mock', 'doMock', 'hoisted', 'setConfig'].find((one) => isNamed(holder.property, one))
  return name === undefined ? [] : [{ at: node.start, what: `vi.${name} decides about more than one test` }]
}

/** `test` in `{ test: 1 }` and in `pattern.test(…)`, and in the import itself. */
function isOnlyAKey(node: Node, holder: Node | null): boolean {
  if (holder === null || holder.type === 'ImportSpecifier') return true
  const computed = 'computed' in holder && holder.computed === true
  if (holder.type === 'MemberExpression') return 'property' in holder && holder.property === node && !computed
  return (
    holder.type === 'Property' &&
    'key' in holder &&
    holder.key === node &&
    !computed &&
    !('shorthand' in holder && holder.shorthand)
  )
}
