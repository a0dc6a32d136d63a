import { execFile } from 'node:child_process'
import { cpSync, mkdtempSync, realpathSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { promisify } from 'node:util'

const copied = ['steps', 'src', 'test', 'configs', 'package.json', 'tsconfig.json']

/** What is installed below `configs/` on demand is large, and no step needs it. */
const isOurs = (path: string) => basename(path) !== 'node_modules'

/** A copy of the repository in which a command may do what it likes: nobody stands at a step in it yet. */
export class ThrowawayCopy {
  readonly root = realpathSync(mkdtempSync(join(tmpdir(), 'course-')))

  constructor(repository: string) {
    for (const name of copied)
      cpSync(join(repository, name), join(this.root, name), { recursive: true, filter: isOurs })
    symlinkSync(join(repository, 'node_modules'), join(this.root, 'node_modules'), 'junction')
  }

  /** What `npm run step …` prints, without colour. */
  async step(words: readonly string[]): Promise<string> {
    const { PATH = '', SystemRoot = '' } = process.env
    const start = join(this.root, 'steps', 'runner', 'start.mjs')
    const { stdout } = await promisify(execFile)(process.execPath, [start, ...words], {
      cwd: this.root,
      env: { PATH, SystemRoot, NO_COLOR: '1' },
    })
    return stdout
  }

  [Symbol.dispose](): void {
    rmSync(this.root, { recursive: true, force: true })
  }
}
