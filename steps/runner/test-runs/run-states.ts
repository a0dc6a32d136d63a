import { availableParallelism } from 'node:os'
import { fileURLToPath } from 'node:url'
import { sweepLeftovers } from '../system/clean-up.ts'
import { locationsOf } from '../system/locations.ts'
import { temporaryFolderIn } from '../system/temporary-folder.ts'
import { notRun, runTests, type TestRun } from './run-tests.ts'
import type { TestResults } from './test-results.ts'
import { layOut } from './lay-out-states.ts'
import { testFilesOf, type State } from '../course/state.ts'

const cleanSlate = fileURLToPath(new URL('clean-slate.ts', import.meta.url))

/**
 * Runs test files of states that lie side by side in a folder: `<state>/<test file>`. Nothing that one state keeps in the
 * process reaches the next.
 */
export const runStates = (trial: TestRun & Required<Pick<TestRun, 'states'>>): Promise<TestResults> =>
  runTests({ ...trial, setupFiles: [cleanSlate] })

/** Another worker pays when it has at least so many test files to run: to start its vitest takes as long as ten to twenty. */
const filesForAWorker = 40

/** As many workers as there is work. Tests often wait: there is room for more than one a core. */
export const workersFor = (files: number, cores = availableParallelism()): number =>
  Math.max(1, Math.min(cores + 3, Math.ceil(files / filesForAWorker)))

/** The results of one of them. */
export const resultsOf = (
  { files, strays }: TestResults,
  name: string,
  paths: readonly string[],
): TestResults => ({
  files: new Map(paths.map((path) => [path, files.get(`${name}/${path}`) ?? notRun])),
  strays: strays.filter(({ file }) => file?.startsWith(`${name}/`)),
  coverage: null,
})

/** Runs all tests of several states, each in a folder of its own inside the repository, for a moment. */
export async function tryOut(
  root: string,
  states: ReadonlyMap<string, State>,
): Promise<ReadonlyMap<string, TestResults>> {
  sweepLeftovers(root)
  using trial = temporaryFolderIn(locationsOf(root).scratch, 'trial')
  layOut(trial.folder, states)
  const files = [...states].flatMap(([name, state]) => testFilesOf(state).map((file) => `${name}/${file}`))
  const results = await runStates({ root: trial.folder, states, files })
  return new Map([...states].map(([name, state]) => [name, resultsOf(results, name, testFilesOf(state))]))
}
