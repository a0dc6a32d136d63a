import { cpSync } from 'node:fs'
import { basename, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { runNode, type NodeOutcome } from './run-tool.ts'
import { linkPackages, temporaryFolder } from './temporary-folder.ts'

const copied = ['steps', 'src', 'test', 'configs', 'package.json', 'tsconfig.json', 'vitest.config.ts']

const runner = fileURLToPath(new URL('../start.mjs', import.meta.url))

export interface ThrowawayCopy extends Disposable {
  readonly root: string
  /** What comes of `npm run step …`, with colour. */
  step(words: readonly string[]): Promise<NodeOutcome>
}

/** A copy of the repository in which a command may change anything: no position is remembered in it yet. */
export const throwawayCopy = (repository: string): ThrowawayCopy =>
  temporaryFolder('copy', (root) => {
    // What is installed below `configs/` on demand is large, and no step needs it. The runner is here already, and has
    // been made JavaScript, which in a copy it would have to be again each time.
    const filter = (path: string) =>
      basename(path) !== 'node_modules' && path !== join(repository, 'steps', 'runner')
    for (const name of copied) cpSync(join(repository, name), join(root, name), { recursive: true, filter })
    linkPackages(repository, root)
    return {
      root,
      step(words: readonly string[]) {
        const { PATH = '', SystemRoot = '' } = process.env
        const env = { PATH, SystemRoot, FORCE_COLOR: '1', TDD_COURSE_ROOT: root }
        return runNode([runner, ...words], { cwd: root, env })
      },
    }
  })
