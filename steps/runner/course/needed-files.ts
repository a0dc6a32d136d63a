import { posix } from 'node:path'
import type { State } from './state.ts'
import { importsOf, sourceOf } from './syntax-tree.ts'

/** These files and all that they import, by whatever way, of what a state holds. */
export function filesNeededBy(paths: readonly string[], state: State): ReadonlySet<string> {
  const needed = new Set<string>()
  const need = (path: string) => {
    const bytes = state.get(path)
    if (!bytes || needed.has(path)) return
    needed.add(path)
    const source = /\.m?[jt]s$/.test(path) ? sourceOf(path, bytes) : null
    for (const name of source ? importsOf(source) : []) {
      if (name.startsWith('.')) need(posix.join(posix.dirname(path), name))
    }
  }
  for (const path of paths) need(path)
  return needed
}
