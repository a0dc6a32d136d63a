import { posix } from 'node:path'
import type { State } from './state.ts'
import { sourceOf } from './syntax-tree.ts'

/**
 * The values (types are not among them) that `src/index.ts` exports, in order, whatever file of `src/` they come from;
 * null when one of these cannot be parsed. What a package exports as a whole counts as one: `* from ioredis`.
 */
export function exportedNames(state: State): readonly string[] | null {
  const names = namesOf('src/index.ts', state, new Set())
  return names && [...new Set(names)].toSorted()
}

function namesOf(path: string, state: State, seen: Set<string>): readonly string[] | null {
  const bytes = state.get(path)
  if (!bytes || seen.has(path)) return []
  seen.add(path)
  const source = sourceOf(path, bytes)
  if (!source) return null
  const names: string[] = []
  for (const { exportName, importName, moduleRequest, isType } of source.module.staticExports.flatMap(
    ({ entries }) => entries,
  )) {
    if (isType) continue
    if (exportName.kind !== 'None') names.push(exportName.name ?? 'default')
    else if (moduleRequest && importName.kind === 'AllButDefault') {
      const from = moduleRequest.value
      const within = from.startsWith('.') ? posix.join(posix.dirname(path), from) : null
      const more = within === null ? [`* from ${from}`] : namesOf(within, state, seen)
      if (!more) return null
      names.push(...more.filter((name) => name !== 'default'))
    }
  }
  return names
}
