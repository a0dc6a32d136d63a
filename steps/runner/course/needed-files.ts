import { posix } from 'node:path'
import { onceEach } from '../system/once-each.ts'
import type { State } from './state.ts'
import { importsOf, sourceOf } from './syntax-tree.ts'

/** These files and all that they import, by whatever way, of what a state holds. */
export const filesNeededBy = (paths: readonly string[], state: State): ReadonlySet<string> =>
  reachedFrom(paths, (path) => {
    const bytes = state.get(path)
    const source = bytes && /\.m?[jt]s$/.test(path) ? sourceOf(path, bytes) : null
    return (source ? importsOf(source) : [])
      .filter((name) => name.startsWith('.'))
      .map((name) => posix.join(posix.dirname(path), name))
      .filter((each) => state.has(each))
  })

/** More than that: a file and all that begins as some text in it does which may be a path. It may build a URL of that. */
export const filesNamedBy = (path: string, state: State): ReadonlySet<string> =>
  reachedFrom([path], (each) =>
    pathsIn(state.get(each) ?? nothing).flatMap((name) => {
      const beginning = posix.join(posix.dirname(each), name)
      return [...state.keys()].filter((file) => file.startsWith(beginning))
    }),
  )

const nothing = Buffer.of()

function reachedFrom(
  paths: readonly string[],
  next: (path: string) => readonly string[],
): ReadonlySet<string> {
  const reached = new Set(paths)
  // A Set that grows is gone through to its new end.
  for (const path of reached) for (const each of next(path)) reached.add(each)
  return reached
}

/**
 * Texts that begin with a dot and a slash, up to where something is put in. States share the bytes of what they have in
 * common: each is looked through once.
 */
const pathsIn = onceEach((bytes: Buffer) =>
  Array.from(`${bytes}`.matchAll(/['"`](\.{1,2}\/[^'"`\s$]*)/g), ([, name = '']) => name),
)
