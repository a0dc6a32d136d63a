import { execFileSync, spawn, type ChildProcessWithoutNullStreams } from 'node:child_process'
import {
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { run } from '../cli.ts'
import { checkOut } from '../workspace/checkout.ts'
import { loadCourse, type Course } from '../course/read-course.ts'
import { runNode, type Outcome } from './matchers.ts'
import { stateAt } from '../course/state.ts'
import { readTree } from '../course/read-tree.ts'

type Files = Readonly<Record<string, string>>

const runner = fileURLToPath(new URL('../start.mjs', import.meta.url))
const modules = fileURLToPath(new URL('../../../node_modules', import.meta.url))

/** The two texts of a step: its lesson and its contract. */
export const stepTexts = (folder: string, title: string, chapter: string, more = ''): Files => ({
  [`steps/${folder}/README.md`]: `# ${title}\n\nWhy ${title}.\n`,
  [`steps/${folder}/step.yaml`]: `chapter: ${chapter}\n${more}hints:\n  - Gently.\n  - Plainly.\n`,
})

/** A wrong answer of a green: for what a file exports by this name, another function. */
export const wrongAnswer = (mistake: string, file: string, name: string, wrong: string): string => {
  const begin = `export const ${name} =`
  // The right one moves aside, so that it may be changed in every other way.
  const mistaken = `      ${begin} ${wrong}\n      const right =`
  return `wrong:\n  - mistake: ${mistake}\n    file: ${file}\n    replace: ${begin}\n    with: |-\n${mistaken}\n`
}

const fails = (test: string, error: string, message: string) =>
  `does: ${test}\nfails:\n  test: ${test}\n  error: ${error}\n  message: ${message}\n`

/** A whole course in five small steps, in two chapters; the last step deletes a file. */
const fiveSteps: Files = {
  ...stepTexts('01-red-adds', 'Ask for a sum', 'sum', fails('adds', 'Error', 'Cannot find module')),
  'steps/01-red-adds/test/sum.test.ts': `import { expect, test } from 'vitest'
import { add } from '../src/index.ts'

test('adds', () => {
  expect(add(1, 2)).toBe(3)
})
`,
  ...stepTexts('02-green-three', 'Three', 'sum', wrongAnswer('counts on', 'src/index.ts', 'add', '() => 4')),
  'steps/02-green-three/src/index.ts': 'export const add = (_one: number, _other: number) => 3\n',
  ...stepTexts('03-refactor-own-file', 'A file of its own', 'sum'),
  'steps/03-refactor-own-file/src/index.ts': "export { add } from './deep/add.ts'\n",
  'steps/03-refactor-own-file/src/deep/add.ts':
    'export const add = (one: number, other: number) => one + other\n',
  ...stepTexts(
    '04-red-negates',
    'Ask for less',
    'less',
    fails('negates', 'TypeError', 'negate is not a function'),
  ),
  'steps/04-red-negates/test/less.test.ts': `import { expect, test } from 'vitest'
import * as sum from '../src/index.ts'

test('negates', () => {
  expect(sum.negate(1)).toBe(-1)
})
`,
  ...stepTexts(
    '05-green-minus',
    'Minus',
    'less',
    `removes:\n  - src/deep/add.ts\n${wrongAnswer('gives back what it got', 'src/index.ts', 'negate', '(one: number) => one')}`,
  ),
  'steps/05-green-minus/src/index.ts':
    'export const add = (one: number, other: number) => one + other\nexport const negate = (one: number) => -one\n',
}

interface RunnerProcess {
  readonly words: readonly string[]
  readonly env: Files
  /** The folder to stand in. */
  readonly from: string
  /** Another start.mjs than our own. */
  readonly start: string
  /** Options for Node itself. */
  readonly node: readonly string[]
}

/** A throw-away course in a folder of its own, with a learner at it: root `src/` and `test/` stand at the last step. */
export class ThrowawayCourse {
  /** A folder for this course alone. */
  readonly top = mkdtempSync(join(tmpdir(), 'tdd course ')) // A blank, as many a home folder has.
  readonly root: string

  /**
   * @param files or another one to be copied, with its git, which takes less than to make it again
   * @param folder where in `top` the course lies, for a repository with more in it; by default it is `top` itself
   */
  constructor(files: Files | ThrowawayCourse = fiveSteps, folder = '') {
    this.root = join(this.top, folder)
    if (files instanceof ThrowawayCourse) {
      const isModules = (path: string) => path === join(files.root, 'node_modules')
      cpSync(files.top, this.top, {
        recursive: true,
        verbatimSymlinks: true,
        filter: (path) => !isModules(path),
      })
    } else {
      this.types(files)
      for (const [path, bytes] of stateAt(this.course, Infinity)) this.types({ [path]: bytes.toString() })
    }
    symlinkSync(modules, join(this.root, 'node_modules'), 'junction')
  }

  /** As it is on the disk now. */
  get course(): Course {
    return loadCourse(this.root).course
  }

  /** What the learner, or a clumsy maintainer, writes: path from the root -> text. */
  types(files: Files): this {
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(dirname(this.path(path)), { recursive: true })
      writeFileSync(this.path(path), text)
    }
    return this
  }

  /** Puts the learner at a step of the course, with the course's own files. */
  standsAt(number: number): this {
    const { course } = this
    const step = course.steps[number - 1]
    if (step) checkOut(course, step)
    return this
  }

  /** Commits everything, as a maintainer has it, in a git repository of its own. */
  commits(): this {
    if (this.reads('.gitignore') === null) this.types({ '.gitignore': 'node_modules\n.course/\n' })
    const who = ['-c', 'user.name=a', '-c', 'user.email=a@b.c']
    // Without the examples of hooks, which are more files than the rest of it.
    this.git('init', '--quiet', '--template=', this.top)
    this.git('add', '--all')
    this.git(...who, 'commit', '--quiet', '--no-verify', '--message', 'All')
    return this
  }

  /** Git here, whatever repository these tests themselves are run for. Answers with what it printed. */
  git(...args: readonly string[]): string {
    const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('GIT_')))
    return execFileSync('git', args, { cwd: this.root, env, encoding: 'utf8' })
  }

  deletes(...paths: readonly string[]): this {
    for (const path of paths) rmSync(this.path(path), { recursive: true })
    return this
  }

  path(path: string): string {
    return join(this.root, path)
  }

  reads(path: string): string | null {
    return existsSync(this.path(path)) ? readFileSync(this.path(path), 'utf8') : null
  }

  bytes(path: string): Buffer {
    return readFileSync(this.path(path))
  }

  /** What stands where the course and the tests put things, links and folders in place of files included. */
  seen(): readonly string[] {
    return ['src', 'test', 'elsewhere'].flatMap((name) => {
      const found = lstatSync(this.path(name), { throwIfNoEntry: false })
      if (!found?.isDirectory()) return `${name}: ${found?.isSymbolicLink() ? 'a link' : this.reads(name)}`
      const entries = readdirSync(this.path(name), { withFileTypes: true, recursive: true })
      return entries.map((entry) => {
        const path = join(entry.parentPath, entry.name)
        return `${path}: ${entry.isFile() ? readFileSync(path, 'utf8') : entry.isSymbolicLink()}`
      })
    })
  }

  /** Everything in `src/` and `test/`, as text. */
  get work(): Files {
    return Object.fromEntries([...readTree(this.root).files].map(([path, bytes]) => [path, bytes.toString()]))
  }

  /** `npm run step …`, in this process: a start of its own would take longer than most of what is asked for. */
  async step(...words: readonly string[]): Promise<Outcome> {
    const said = { stdout: '', stderr: '' }
    const status = await run(words, this.root, {
      stdout: (text) => void (said.stdout += text),
      stderr: (text) => void (said.stderr += text),
    })
    return { status, ...said }
  }

  /** The same, without waiting for its end. */
  starts(...words: readonly string[]): ChildProcessWithoutNullStreams {
    const { PATH = '', SystemRoot = '' } = process.env
    const env = { PATH, SystemRoot, TDD_COURSE_ROOT: this.root }
    return spawn(process.execPath, [runner, ...words], { cwd: this.root, env })
  }

  /** The same in a process of its own, without npm: for what is about processes, and what they are started with. */
  process({
    words = [],
    env = {},
    from = this.root,
    start = runner,
    node = [],
  }: Partial<RunnerProcess>): Outcome {
    return runNode([...node, start, ...words], { from, env: { TDD_COURSE_ROOT: this.root, ...env } })
  }

  [Symbol.dispose](): void {
    // A runner that a test has started may write a last file.
    rmSync(this.top, { recursive: true, force: true, maxRetries: 10 })
  }
}
