import type { State } from '../course/state.ts'
import { codeOf, nodesIn, sourceOf, type Node } from '../course/syntax-tree.ts'

/**
 * A wrong answer that every cycle has: it has all the names of the course's answer, and what is new behind them does
 * nothing. Where a cycle brings no new function, those that it changes do nothing. Null when it changes none.
 *
 * @param before what stands before the answer
 */
export function answerThatDoesNothing(before: State, answer: State): State | null {
  const old = new Map<string, Set<string>>()
  for (const { name, code } of functionsIn(before)) old.set(name, (old.get(name) ?? new Set()).add(code))
  const all = functionsIn(answer)
  const fresh = all.filter(({ name }) => !old.has(name))
  const changed = all.filter(({ name, code }) => old.has(name) && !old.get(name)?.has(code))
  const emptied = fresh.length > 0 ? fresh : changed
  if (emptied.length === 0) return null
  const texts = new Map(answer)
  // From the end on, so that places stay true. Of two that lie within each other the inner one: its name is to be there.
  for (const { path, body } of emptied.toSorted((one, other) => other.body.start - one.body.start)) {
    const holdsAnother = emptied.some(
      (one) => one.path === path && body.start < one.body.start && one.body.end <= body.end,
    )
    const text = texts.get(path)?.toString('utf8')
    if (holdsAnother || text === undefined) continue
    texts.set(path, Buffer.from(`${text.slice(0, body.start)}{}${text.slice(body.end)}`))
  }
  return texts
}

interface Written {
  readonly path: string
  readonly name: string
  readonly code: string
  readonly body: { readonly start: number; readonly end: number }
}

/** The functions and methods of a state's `src/` that have a name, constructors left out. */
function functionsIn(state: State): readonly Written[] {
  return [...state].flatMap(([path, bytes]) => {
    const source = path.startsWith('src/') && path.endsWith('.ts') ? sourceOf(path, bytes) : null
    if (!source) return []
    return nodesIn(source.program).flatMap(([node, holder]): readonly Written[] => {
      const body = bodyOf(node)
      const name = nameOf(node) ?? (holder && nameOf(holder))
      return body && name !== null && name !== 'constructor' ? [{ path, name, code: codeOf(node), body }] : []
    })
  })
}

function bodyOf(node: Node): Written['body'] | null {
  if (!/^(?:FunctionDeclaration|FunctionExpression|ArrowFunctionExpression)$/.test(node.type)) return null
  const { body } = node as Node & { readonly body?: Written['body'] | null }
  return body ?? null
}

/** The name of a function, or of the variable, the property or the method that holds one. */
function nameOf(node: Node): string | null {
  const { id, key } = node as Node & { readonly id?: unknown; readonly key?: unknown }
  for (const said of [id, key]) {
    if (said !== null && typeof said === 'object' && 'name' in said && typeof said.name === 'string')
      return said.name
  }
  return null
}
