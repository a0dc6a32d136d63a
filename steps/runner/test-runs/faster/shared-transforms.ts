import type { TestSequencerConstructor, Vite } from 'vitest/node'
import type { State } from '../../course/state.ts'

/** States of the course that lie side by side: folder, from vite's root -> what it holds. */
export type States = ReadonlyMap<string, State>

/**
 * Neighbouring states hold the same bytes in most of their files. Each of these is made JavaScript once, and the other
 * states get it with their own folder's name in its imports: a module of its own, as if it had been made for them.
 *
 * @param mapped whether source maps are needed, as coverage does: they are longer than the code, and are sent with it
 */
export function sharedTransforms(states: States, mapped: boolean): Vite.Plugin {
  const known = knownOf.get(states) ?? new Map<string, Known>()
  knownOf.set(states, known)
  return {
    name: 'shared-transforms',
    configureServer({ environments: { ssr } }) {
      if (!ssr) return
      const transform = ssr.transformRequest.bind(ssr)
      ssr.transformRequest = async (url) => {
        const [, name = '', path = ''] = /^\/([^/]+)\/(.+)$/.exec(url) ?? []
        const state = states.get(name)
        const source = state?.get(path)?.toString('utf8')
        // A file that names its state's folder differs from state to state.
        if (!state || source === undefined || source.includes(name)) return transform(url)
        const module = await ssr.moduleGraph.ensureEntryFromUrl(url)
        if (module.transformResult) return module.transformResult
        // Where an import leads depends on which files there are, as well.
        const key = [mapped, path, source, ...state.keys()].join('\0')
        const first = known.get(key)
        if (!first) {
          const own = transform(url).then((made) => {
            if (!made || mapped) return made
            const bare = { ...made, map: null }
            ssr.moduleGraph.updateModuleTransformResult(module, bare)
            return bare
          })
          known.set(key, { name, made: own.then(copied, () => null) })
          return own
        }
        const made = await first.made
        // What went wrong is told of the file in which it did.
        if (!made) return transform(url)
        const moved = { ...copied(made), code: made.code.replaceAll(`/${first.name}/`, `/${name}/`) }
        ssr.moduleGraph.updateModuleTransformResult(module, moved)
        return moved
      }
    },
  }
}

interface Known {
  /** Of the state for which it was made. */
  readonly name: string
  readonly made: Promise<Made>
}

/** Several vitests may run tests of the same states. */
const knownOf = new WeakMap<States, Map<string, Known>>()

type Made = Vite.TransformResult | null

/** Vitest writes into what it gets. */
const copied = <Result extends Made>(made: Result): Result =>
  made && { ...made, map: made.map && { ...made.map } }

/** The files of a state one after the other, as they were given: what a worker has loaded for one, the next one finds. */
export const inOrder: TestSequencerConstructor = class {
  shard = <Files>(files: Files) => files
  sort = <Files>(files: Files) => files
}
