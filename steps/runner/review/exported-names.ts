import type { State } from '../course/state.ts'

/** The values (types are not among them) that `src/index.ts` exports, in order; null when it cannot be parsed. */
export async function exportedNames(state: State): Promise<readonly string[] | null> {
  const { parseAst } = await import('vitest/node')
  const text = state.get('src/index.ts')?.toString('utf8')
  if (text === undefined) return []
  try {
    return parseAst(text, { lang: 'ts' })
      .body.flatMap((node): readonly string[] => {
        if (node.type === 'ExportDefaultDeclaration') return ['default']
        if (node.type === 'ExportAllDeclaration') {
          return node.exportKind === 'type' ? [] : [`* from ${node.source.value}`]
        }
        if (node.type !== 'ExportNamedDeclaration' || node.exportKind === 'type') return []
        const { declaration, specifiers } = node
        const listed = specifiers.flatMap(({ exported, exportKind }) =>
          exportKind === 'type' ? [] : [exported.type === 'Literal' ? exported.value : exported.name],
        )
        if (declaration?.type === 'VariableDeclaration') {
          return declaration.declarations.flatMap(({ id }) => (id.type === 'Identifier' ? [id.name] : []))
        }
        return declaration && 'id' in declaration && declaration.id?.type === 'Identifier'
          ? [declaration.id.name]
          : listed
      })
      .toSorted()
  } catch {
    return null
  }
}
