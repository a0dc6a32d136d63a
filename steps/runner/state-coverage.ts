import v8 from '@vitest/coverage-v8'
import { V8CoverageProvider } from '@vitest/coverage-v8/dist/provider.js'
import { expect } from 'vitest'
import type { CoverageProviderModule } from 'vitest/node'

// The v8 provider, for many states in one run. It would merge every test file's result into one that holds all the
// states, again and again; here each state's results are merged by themselves, which is a small part of the work.

interface ProcessCoverage {
  readonly result: readonly { readonly url: string }[]
}

class StateCoverageProvider extends V8CoverageProvider {
  #included: ReadonlySet<string> | undefined
  readonly #results = new Map<string, { readonly environment: string; readonly taken: never[] }>()

  /** As the patterns `<state>/src/**` say, which are many, and asked of every module. */
  override isIncluded(file: string): boolean {
    this.#included ??= new Set(this.options.include?.map((pattern) => pattern.split('/')[0] ?? ''))
    return this.#included.has(stateOf(file.replaceAll('\\', '/')) ?? '')
  }

  override onAfterSuiteRun({
    coverage,
    environment,
    testFiles,
  }: Parameters<V8CoverageProvider['onAfterSuiteRun']>[0]): void {
    const state = testFiles[0]?.split('/')[0] ?? ''
    const { taken } = this.#results.get(state) ?? { taken: [] }
    taken.push(coverage as never)
    this.#results.set(state, { environment, taken })
  }

  override async readCoverageFiles({
    onFileRead,
    onFinished,
  }: Parameters<V8CoverageProvider['readCoverageFiles']>[0]): Promise<void> {
    for (const { environment, taken } of this.#results.values()) {
      for (const one of taken) onFileRead(one)
      await onFinished(this.ctx.getRootProject(), environment)
    }
  }
}

/** The state that a module of its `src/` belongs to. */
const stateOf = (path: string) => /\/proof\/([^/]+)\/src\//.exec(path)?.[1]

/** Asking V8 takes longer than many a test, and nobody wants to know what reds and wrong greens leave uncovered. */
const counts = (testFile: string | undefined) => !/-red-|\.wrong-/.test(testFile ?? '')

export default {
  ...v8,
  /** In the worker: what is not a state's is not sent over. */
  async takeCoverage(options) {
    if (!counts(expect.getState().testPath)) return null
    const taken = (await v8.takeCoverage?.(options)) as ProcessCoverage | undefined
    return { result: taken?.result.filter(({ url }) => stateOf(url) !== undefined) ?? [] }
  },
  getProvider: async () => new StateCoverageProvider(),
} satisfies CoverageProviderModule
