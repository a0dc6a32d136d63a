import { extname } from 'node:path'
import { parseSync } from 'vite'

type Parsed = ReturnType<typeof parseSync>
export type Program = Parsed['program']
export type Statement = Program['body'][number]
export type Expression = (Statement & { readonly type: 'ExpressionStatement' })['expression']
export type Call = Expression & { readonly type: 'CallExpression' }

/** What a TypeScript or JavaScript file says. */
export interface Source extends Pick<Parsed, 'program' | 'module' | 'comments'> {
  readonly text: string
}

/** States share the bytes of what they have in common: each is parsed once. */
const known = new WeakMap<Buffer, Map<string, Source | null>>()

/** Reads a file's code; null when it cannot be parsed. */
export function sourceOf(path: string, bytes: Buffer): Source | null {
  const ending = extname(path)
  const parsed = known.get(bytes) ?? new Map<string, Source | null>()
  known.set(bytes, parsed)
  let source = parsed.get(ending)
  if (source === undefined) {
    const text = bytes.toString('utf8')
    const found = parseSync(path, text)
    // The parser hands over each part when it is asked for, which takes longer than to parse.
    source = found.errors.length > 0 ? null : Object.assign(found, { text })
    parsed.set(ending, source)
  }
  return source
}

/** A tree as text in which places, comments and layout make no difference. */
export const codeOf = (tree: unknown): string =>
  JSON.stringify(tree, (key, value: unknown) => {
    if (key === 'start' || key === 'end' || key === 'raw') return
    return typeof value === 'bigint' ? `${value}n` : value
  })

/** A piece of a tree, as far as all of them are alike. */
export interface Node {
  readonly type: string
  readonly start: number
}

/** Every piece of a tree, with the one that holds it, from the outside in. */
export function nodesIn(tree: unknown): readonly (readonly [Node, Node | null])[] {
  const found: (readonly [Node, Node | null])[] = []
  const collect = (part: object, holder: Node | null) => {
    const node = 'type' in part && typeof part.type === 'string' && 'start' in part ? (part as Node) : null
    if (node) found.push([node, holder])
    for (const inner of Object.values(part)) if (isObject(inner)) collect(inner, node ?? holder)
  }
  if (isObject(tree)) collect(tree, null)
  return found
}

const isObject = (part: unknown): part is object => part !== null && typeof part === 'object'

/** The line of a place in a text, from 1. */
export const lineOf = (text: string, place: number): number => text.slice(0, place).split('\n').length

/** The modules that a file imports or exports from, dynamic imports of a plain text included, in order. */
export function importsOf({ module, text }: Source): readonly string[] {
  const { staticImports, staticExports, dynamicImports } = module
  return [
    ...staticImports.map(({ moduleRequest }) => moduleRequest.value),
    ...staticExports.flatMap(({ entries }) =>
      entries.flatMap(({ moduleRequest }) => (moduleRequest ? [moduleRequest.value] : [])),
    ),
    ...dynamicImports.flatMap(({ moduleRequest: { start, end } }) => {
      const [, name] = /^['"`]([^$]*)['"`]$/.exec(text.slice(start, end)) ?? []
      return name === undefined ? [] : [name]
    }),
  ]
}
