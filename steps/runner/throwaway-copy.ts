import { execFile } from 'node:child_process'
import { cpSync, mkdtempSync, realpathSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { goesWithUs } from './leftovers.ts'

const copied = ['steps', 'src', 'test', 'configs', 'package.json', 'tsconfig.json']

const runner = fileURLToPath(new URL('start.mjs', import.meta.url))

/** A copy of the repository in which a command may do what it likes: nobody stands at a step in it yet. */
export class ThrowawayCopy {
  readonly root = realpathSync(mkdtempSync(join(tmpdir(), 'course-')))

  constructor(repository: string) {
    goesWithUs(this.root)
    // What is installed below `configs/` on demand is large, and no step needs it. The runner is here already, and has
    // been made JavaScript, which in a copy it would have to be again each time.
    const filter = (path: string) =>
      basename(path) !== 'node_modules' && path !== join(repository, 'steps', 'runner')
    for (const name of copied)
      cpSync(join(repository, name), join(this.root, name), { recursive: true, filter })
    symlinkSync(join(repository, 'node_modules'), join(this.root, 'node_modules'), 'junction')
  }

  /** What `npm run step …` prints, without colour. */
  async step(words: readonly string[]): Promise<string> {
    const { PATH = '', SystemRoot = '' } = process.env
    const { stdout } = await promisify(execFile)(process.execPath, [runner, ...words], {
      cwd: this.root,
      env: { PATH, SystemRoot, NO_COLOR: '1', TDD_COURSE_ROOT: this.root },
    })
    return stdout
  }

  [Symbol.dispose](): void {
    rmSync(this.root, { recursive: true, force: true })
    goesWithUs(this.root, false)
  }
}
