import { createHash } from 'node:crypto'
import type { Course, Step } from '../course/read-course.ts'
import { differing, foldsOf, ownedPaths, sameBytes, sourcesOf, type State } from '../course/state.ts'
import { gitSays } from '../system/git.ts'
import { Refusal } from '../system/refusal.ts'

/** How far a branch is. */
export interface Progress {
  /** Without the remote's name: such as `ann`. */
  readonly branch: string
  /** `main` itself, as it was when it was fetched: no work has begun. */
  readonly begun: boolean
  /** The steps that it can be: several share their tests. Empty when it has no tests of the course. */
  readonly steps: readonly Step[]
  /** How many tests of the course it has. */
  readonly tests: number
  /** Whether the code is that of the course, byte for byte. */
  readonly courses: boolean
  /** The course's test files that are on it with other bytes than any step has. */
  readonly edited: readonly string[]
  /** Of its own first and latest commit: such as "2 hours ago"; null without one of its own. */
  readonly since: string | null
  readonly when: string
}

/** Branches of tools, and those from which others begin. */
const notLearners = /^(?:main|master|HEAD|gh-pages|(?:dependabot|renovate)\/.*)$/

/**
 * How far the remote-tracking branches of this clone are, the latest commit first. What counts are the tests that stand
 * on them: the course brings those, while the code is each learner's own.
 *
 * @throws {Refusal} when git cannot be asked.
 */
export function progressIn(course: Course): readonly Progress[] {
  const format = '--format=%(refname)%00%(refname:lstrip=3)%00%(committerdate:relative)%00%(symref)'
  const refs = git(course, ['for-each-ref', '--sort=-committerdate', format, 'refs/remotes'])
    .split('\n')
    .map((line) => line.split('\0'))
  const objects = git(course, ['rev-parse', '--show-object-format']).trim()
  const named = namesOf(objects)
  const folds = foldsOf(course).map(({ step, after }) => ({ step, after: named(after) }))
  const owned = ownedPaths(course)
  const known = new Map<string, Set<string>>()
  for (const { after } of folds) {
    for (const [path, name] of after) known.set(path, (known.get(path) ?? new Set()).add(name.toString()))
  }
  const main = refs.find(([, branch = '']) => /^(?:main|master)$/.test(branch))?.[0]
  return refs.flatMap(([ref = '', branch = '', when = '', alias = '']) => {
    if (ref === '' || alias !== '' || notLearners.test(branch)) return []
    const tree = treeOf(course, ref)
    const own = main === undefined ? [] : commitsSince(course, main, ref)
    const theirs = new Map([...tree].filter(([path]) => owned.has(path)))
    const near = folds.map(({ step, after }) => ({
      step,
      after,
      distance: differing(theirs, after).filter((path) => path.startsWith('test/')).length,
    }))
    const least = Math.min(...near.map(({ distance }) => distance))
    const fitting = [...theirs.keys()].some((path) => path.startsWith('test/'))
      ? near.filter(({ distance }) => distance === least)
      : []
    const exactly = fitting.filter(({ after }) => sameBytes(sourcesOf(theirs), sourcesOf(after)))
    const steps = (exactly.length > 0 ? exactly : fitting).map(({ step }) => step)
    const reached = steps.at(-1)?.number ?? 0
    return [
      {
        branch,
        begun: main === undefined || own.length > 0,
        steps,
        tests: course.steps.filter(({ phase, number }) => phase === 'red' && number <= reached).length,
        courses: exactly.length > 0,
        edited: [...theirs].flatMap(([path, name]) =>
          path.startsWith('test/') && known.get(path)?.has(name.toString()) === false ? [path] : [],
        ),
        since: own.at(-1) ?? null,
        when,
      },
    ]
  })
}

/** When the commits were made that a branch has and `main` has not, the latest first. */
const commitsSince = (course: Course, main: string, ref: string): readonly string[] =>
  git(course, ['log', '--format=%cr', `${main}..${ref}`])
    .split('\n')
    .filter((line) => line !== '')

/** What is in a branch's `src/` and `test/`, by the names that git has for the bytes: no file is read, however large. */
function treeOf(course: Course, ref: string): State {
  const listed = git(course, ['ls-tree', '-r', '-z', ref, '--', 'src/', 'test/']).split('\0')
  return new Map(
    listed.flatMap((line) => {
      const { blob, path } = /^100\d+ blob (?<blob>\w+)\t(?<path>[^]+)$/.exec(line)?.groups ?? {}
      return blob === undefined || path === undefined ? [] : [[path, Buffer.from(blob)]]
    }),
  )
}

/** Gives the files of a state the names that git has for their bytes. */
function namesOf(algorithm: string): (state: State) => State {
  const known = new Map<Buffer, Buffer>()
  const nameOf = (bytes: Buffer) => {
    let name = known.get(bytes)
    if (!name) {
      const hash = createHash(algorithm).update(`blob ${bytes.length}\0`).update(bytes)
      known.set(bytes, (name = Buffer.from(hash.digest('hex'))))
    }
    return name
  }
  return (state) => new Map(Array.from(state, ([path, bytes]) => [path, nameOf(bytes)]))
}

const git = ({ root }: Course, args: readonly string[]): string =>
  gitSays(
    root,
    args,
    (why) => new Refusal(`git could not be asked for the branches (${why}).`, 'Look with: git branch --all'),
  )
