import { existsSync, readFileSync, renameSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { Course, Step } from '../course/read-course.ts'
import { differing, type Fold, foldsOf } from '../course/state.ts'
import { gitSays } from '../system/git.ts'
import { Refusal } from '../system/refusal.ts'
import { temporaryFolderAt } from '../system/temporary-folder.ts'

/** The course as a Git repository, written to a folder. */
export interface History {
  /** Commits on `main`: the root and one for each step. */
  readonly commits: number
  /** Hash of the last commit on `main`: the same course always gives the same. */
  readonly head: string
}

/** Every step in order: at a red, the announced test fails. */
export const everyStep = 'main'
/** Greens and refactors only: all tests pass at each commit, as `git bisect run npm test` needs it. */
export const passingSteps = 'passing'

/**
 * Writes the course as a new bare repository: one commit a step, each with a tag of the step's name. Author and dates
 * are fixed, so that the same course gives the same hashes. No repository that is already there is touched.
 *
 * @param folder must not exist yet
 * @throws {Refusal} when it exists, or when git cannot do it; nothing is left then.
 */
export function writeHistory(course: Course, folder: string): History {
  if (existsSync(folder)) {
    throw new Refusal(
      `Expected a folder that does not exist yet, but ${folder} is there. Nothing was written.`,
      'Type another name, or delete it first.',
    )
  }
  if (!existsSync(dirname(folder))) {
    throw new Refusal(`Expected a new folder in one that exists, but there is no ${dirname(folder)}.`)
  }
  // Written beside it and renamed: a history that is there is whole.
  using begun = temporaryFolderAt(`${folder}.begun-`)
  gitIn(begun.folder, ['init', '--quiet', '--bare', `--initial-branch=${everyStep}`])
  gitIn(begun.folder, ['fast-import', '--quiet'], streamOf(course))
  const head = gitIn(begun.folder, ['rev-parse', everyStep]).trim()
  renameSync(begun.folder, folder)
  return { commits: course.steps.length + 1, head }
}

/** What `git fast-import` reads (https://git-scm.com/docs/git-fast-import). */
function streamOf(course: Course): Buffer {
  const folds = foldsOf(course)
  const stream = new Stream()
  const root = stream.commit(everyStep, 0, rootMessage, null, rootFiles(course))
  let last = root
  let lastPassing = root
  let passing: Fold['after'] = new Map()
  for (const { step, before, after } of folds) {
    last = stream.commit(everyStep, step.number, messageOf(step), last, changesBetween(before, after))
    stream.tag(step.slug, last)
    if (step.phase === 'red') continue
    const changes = changesBetween(passing, after)
    lastPassing = stream.commit(passingSteps, step.number, messageOf(step), lastPassing, changes)
    // A tag of the other branch is no ancestor of this one: bisecting begins at one of these.
    stream.tag(`${passingSteps}/${step.slug}`, lastPassing)
    passing = after
  }
  return stream.bytes()
}

/** Path -> what it holds from here on, or null where it is deleted. */
type Changes = ReadonlyMap<string, Buffer | string | null>

const changesBetween = (before: Fold['before'], after: Fold['after']): Changes =>
  new Map(differing(before, after).map((path) => [path, after.get(path) ?? null]))

class Stream {
  readonly #pieces: (Buffer | string)[] = []
  #marks = 0

  /** Answers with the commit's mark. `minute` is its place in time. */
  commit(branch: string, minute: number, message: string, parent: number | null, changes: Changes): number {
    const mark = (this.#marks += 1)
    const who = `The course <course@example.invalid> ${began + minute * 60} +0000`
    this.#pieces.push(`commit refs/heads/${branch}\nmark :${mark}\nauthor ${who}\ncommitter ${who}\n`)
    this.#data(message)
    if (parent !== null) this.#pieces.push(`from :${parent}\n`)
    for (const [path, bytes] of changes) {
      if (bytes === null) this.#pieces.push(`D ${JSON.stringify(path)}\n`)
      else {
        this.#pieces.push(`M 100644 inline ${JSON.stringify(path)}\n`)
        this.#data(bytes)
      }
    }
    return mark
  }

  tag(name: string, commit: number): void {
    this.#pieces.push(`reset refs/tags/${name}\nfrom :${commit}\n`)
  }

  bytes(): Buffer {
    return Buffer.concat(this.#pieces.map((piece) => Buffer.from(piece)))
  }

  #data(bytes: Buffer | string): void {
    this.#pieces.push(`data ${Buffer.byteLength(bytes)}\n`, bytes, '\n')
  }
}

/** In seconds: any fixed moment will do. */
const began = Date.UTC(2026, 0, 1) / 1000

/** The lesson begins with the title as its heading. */
function messageOf({ title, contract, lesson, phase }: Step): string {
  const asked = contract.fails
    ? [contract.does, `Fails: ${contract.fails.test}\n       ${announced(contract.fails)}`]
    : []
  const prose = lesson.replace(/^#[^\n]*\n+/, '')
  return [`${phase}: ${title}`, ...asked, prose].join('\n\n')
}

const announced = ({ error, message }: { readonly error: string; readonly message: string }) =>
  `${error}: ${message.split('\n', 1)[0]}`

const rootMessage = `Packages and settings, before the first test

One commit a step from here on, each with a tag of the step's name. On "${passingSteps}" all tests pass at every commit:
there "git bisect run npm test" finds the step that broke something.
`

/** What it takes for \`npm ci && npm test\`: no hook, no runner, no step. */
function rootFiles({ root }: Course): Changes {
  const read = (path: string) => readFileSync(join(root, path), 'utf8')
  const { scripts, ...manifest } = JSON.parse(read('package.json')) as Manifest
  const { test = '' } = scripts
  const kept = 'package-lock.json tsconfig.json vitest.config.ts configs/test-environment.ts LICENSE'.split(
    ' ',
  )
  return new Map([
    ['.gitignore', 'node_modules\ncoverage\n'],
    ['package.json', `${JSON.stringify({ ...manifest, scripts: { test } }, null, 2)}\n`],
    ...kept.filter((path) => existsSync(join(root, path))).map((path) => [path, read(path)] as const),
  ])
}

interface Manifest {
  readonly scripts: Readonly<Record<string, string>>
}

/** Git in a repository of ours, whatever repository this process is run for. */
const gitIn = (repository: string, args: readonly string[], input?: Buffer): string =>
  gitSays(repository, args, notWritten, { ours: true, ...(input && { input }) })

const notWritten = (why: string) =>
  new Refusal(
    `git could not write the history (${why}). Nothing was written.`,
    'Is git installed, and is there room on the disk?',
  )
