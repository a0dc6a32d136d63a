import { readdirSync, readFileSync } from 'node:fs'
import { join, posix } from 'node:path'

/** Module by module, what it imports of the same folder: types and `import()` count like any other import. */
export type Imports = ReadonlyMap<string, readonly string[]>

/** Reads the imports of a folder's TypeScript and JavaScript, but for tests and the testkit. */
export function importsIn(folder: string): Imports {
  const modules = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((path) => path.replaceAll('\\', '/'))
    .filter((path) => /(?<!\.test|\.walk)\.(?:ts|mjs)$/.test(path) && !path.startsWith('testkit/'))
  return new Map(
    modules.map((path) => {
      const text = readFileSync(join(folder, path), 'utf8')
      const named = text.matchAll(/\b(?:from|import\(|import) ?'(?<path>\.[^']+)'/g)
      const to = [...named].map(({ groups }) => posix.join(posix.dirname(path), groups?.['path'] ?? ''))
      return [path, [...new Set(to)].filter((one) => modules.includes(one))]
    }),
  )
}

/** The same between folders: what lies in a folder counts as that folder, what lies in none by its own name. */
export function betweenFolders(imports: Imports): Imports {
  const folders = new Map<string, Set<string>>()
  for (const [from, to] of imports) {
    const folder = folderOf(from)
    const found = folders.get(folder) ?? new Set()
    for (const one of to.map(folderOf)) if (one !== folder) found.add(one)
    folders.set(folder, found)
  }
  return new Map([...folders].map(([from, to]) => [from, [...to].toSorted()]))
}

const folderOf = (path: string) => (path.includes('/') ? path.slice(0, path.indexOf('/')) : path)

/** Everything that is imported from there, directly or by way of others. */
function reachedFrom(imports: Imports, from: string): ReadonlySet<string> {
  const seen = new Set<string>()
  const waiting = [...(imports.get(from) ?? [])]
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    if (seen.has(next)) continue
    seen.add(next)
    waiting.push(...(imports.get(next) ?? []))
  }
  return seen
}

/** Without the imports that follow from others: a to c where a imports b, and b imports c. */
export function withoutShortcuts(imports: Imports): Imports {
  return new Map(
    [...imports].map(([from, to]) => {
      const further = new Set(to.flatMap((next) => [...reachedFrom(imports, next)]))
      return [from, to.filter((one) => !further.has(one))]
    }),
  )
}

/** Modules that import themselves by way of others. */
export const inCycles = (imports: Imports): readonly string[] =>
  [...imports.keys()].filter((one) => reachedFrom(imports, one).has(one))
