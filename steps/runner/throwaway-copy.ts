import { execFileSync } from 'node:child_process'
import { cpSync, mkdtempSync, realpathSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'

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
  step(words: readonly string[]): string {
    const { PATH = '', SystemRoot = '' } = process.env
    return execFileSync(process.execPath, [join(this.root, 'steps', 'runner', 'start.mjs'), ...words], {
      cwd: this.root,
      encoding: 'utf8',
      env: { PATH, SystemRoot, NO_COLOR: '1' },
    })
  }

  [Symbol.dispose](): void {
    rmSync(this.root, { recursive: true, force: true })
  }
}
