import v8 from '@vitest/coverage-v8'
import { V8CoverageProvider } from '@vitest/coverage-v8/dist/provider.js'
import { expect, inject } from 'vitest'
import type { CoverageProviderModule } from 'vitest/node'

// The v8 provider, for many states in one run. It would merge every test file's result into one that holds all the
// states, again and again; here each state's results are merged by themselves, which is a small part of the work.

interface ProcessCoverage {
  readonly result: readonly { readonly url: string }[]
}

class StateCoverageProvider extends V8CoverageProvider {
  #included: ReadonlySet<string> | undefined
  readonly #results = new Map<string, never[]>()

  /** Else workers would load the v8 provider itself, whose name this one has. */
  override resolveOptions() {
    return { ...super.resolveOptions(), provider: 'custom' } as never
  }

  /** As the patterns `<state>/src/**` say, which are many, and asked of every module. */
  override isIncluded(file: string): boolean {
    this.#included ??= new Set(this.options.include?.map((pattern) => pattern.split('/')[0] ?? ''))
    return this.#included.has(stateOf(file.replaceAll('\\', '/')) ?? '')
  }

  override onAfterSuiteRun({ coverage }: Parameters<V8CoverageProvider['onAfterSuiteRun']>[0]): void {
    for (const module of (coverage as ProcessCoverage).result) {
      const state = stateOf(module.url) ?? ''
      const results = this.#results.get(state) ?? []
      results.push(module as never)
      this.#results.set(state, results)
    }
  }

  override async readCoverageFiles({
    onFileRead,
    onFinished,
  }: Parameters<V8CoverageProvider['readCoverageFiles']>[0]): Promise<void> {
    for (const result of this.#results.values()) {
      onFileRead({ result } as never)
      await onFinished(this.ctx.getRootProject(), 'ssr')
    }
  }
}

/** The state that a module of its `src/` belongs to. */
const stateOf = (path: string) => /\/proof\/([^/]+)\/src\//.exec(path)?.[1]

declare module 'vitest' {
  interface ProvidedContext {
    /** The test file that a worker runs last, from the root. */
    lastTestFile?: string
  }
}

export default {
  ...v8,
  /**
   * In the worker. V8 goes on counting until it is asked, and to ask takes longer than many a test: so this is done
   * once, after the last test file. What is not a state's is not sent over.
   */
  async takeCoverage(options) {
    // oxlint-disable-next-line vitest/no-standalone-expect -- it only says which file ran
    if (!expect.getState().testPath?.endsWith(`/${inject('lastTestFile')}`)) return null
    const taken = (await v8.takeCoverage?.(options)) as ProcessCoverage | undefined
    return { result: taken?.result.filter(({ url }) => stateOf(url) !== undefined) ?? [] }
  },
  getProvider: async () => new StateCoverageProvider(),
} satisfies CoverageProviderModule
