import { fileURLToPath } from 'node:url'
import { type State, testFilesOf } from '../course/state.ts'
import { sweepLeftovers } from '../system/clean-up.ts'
import { locationsOf } from '../system/locations.ts'
import { temporaryFolderIn } from '../system/temporary-folder.ts'
import { notRun, runTests } from './run-tests.ts'
import type { TestResults } from './test-results.ts'
import { layOut } from './lay-out-states.ts'

/** Runs the tests of several states side by side, in one go, each in a folder of its own inside the repository. */
export async function tryOut(
  root: string,
  states: ReadonlyMap<string, State>,
): Promise<ReadonlyMap<string, TestResults>> {
  sweepLeftovers(root)
  using trial = temporaryFolderIn(locationsOf(root).scratch, 'trial')
  const { folder } = trial
  layOut(folder, states)
  const files = [...states].flatMap(([name, state]) => testFilesOf(state).map((file) => `${name}/${file}`))
  const { files: results, strays } = await runTests({
    root: folder,
    states,
    files,
    setupFiles: [fileURLToPath(new URL('clean-slate.ts', import.meta.url))],
  })
  return new Map(
    [...states].map(([name, state]) => [
      name,
      {
        files: new Map(testFilesOf(state).map((file) => [file, results.get(`${name}/${file}`) ?? notRun])),
        strays: strays.filter(({ file }) => file?.startsWith(`${name}/`)),
        coverage: null,
      },
    ]),
  )
}
