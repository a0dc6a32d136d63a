import { expect, test } from 'vitest'
import type { Vite } from 'vitest/node'
import { sharedTransforms } from './shared-transforms.ts'

type Made = Vite.TransformResult | null

/** What comes out of the transforms of one file in two states: whether it has a source map. */
async function mapsOf(mapped: boolean): Promise<readonly boolean[]> {
  const bytes = Buffer.from('export const one = 1\n')
  const states = new Map(['1-a', '2-b'].map((name) => [name, new Map([['src/one.ts', bytes]])]))
  const kept: Made[] = []
  const ssr = {
    transformRequest: async (url: string): Promise<Made> => ({
      code: `// ${url}`,
      map: { mappings: 'AAAA' } as never,
      etag: '',
      deps: [],
      dynamicDeps: [],
    }),
    moduleGraph: {
      ensureEntryFromUrl: async () => ({ transformResult: null }),
      updateModuleTransformResult: (_module: unknown, made: Made) => kept.push(made),
    },
  }
  const { configureServer } = sharedTransforms(states, mapped)
  if (typeof configureServer === 'function') {
    await configureServer.call({} as never, { environments: { ssr } } as never)
  }
  const made = [await ssr.transformRequest('/1-a/src/one.ts'), await ssr.transformRequest('/2-b/src/one.ts')]
  expect(made.map((one) => one?.code)).toEqual(['// /1-a/src/one.ts', '// /2-b/src/one.ts'])
  return [...made, ...kept].map((one) => one?.map !== null)
}

test('leaves source maps out where nothing is measured', async () => {
  expect(await mapsOf(true)).toEqual([true, true, true])
  expect(await mapsOf(false)).toEqual([false, false, false, false])
})
