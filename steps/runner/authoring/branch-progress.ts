import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import type { Course, Step } from '../course/read-course.ts'
import { foldsOf } from '../course/fold.ts'
import { Refusal, reasonOf } from '../system/refusal.ts'
import { testsThatDiffer, type State } from '../course/state.ts'

/** How far a branch is. */
export interface Progress {
  /** Such as `origin/ann`. */
  readonly branch: string
  /** The step whose tests stand on it; of several with the same tests, the last. Null when it has no tests. */
  readonly step: Step | null
  /** How many tests of the course it has. */
  readonly tests: number
  /** Of its latest commit: such as "2 hours ago". */
  readonly when: string
}

/**
 * How far the remote-tracking branches of this clone are, the latest commit first. What counts are the tests that stand
 * on them: the course brings those, while the code is each learner's own.
 *
 * @throws {Refusal} when git cannot be asked.
 */
export function progressIn(course: Course): readonly Progress[] {
  const format = '--format=%(refname:short)%00%(committerdate:relative)%00%(symref)'
  const refs = git(course, ['for-each-ref', '--sort=-committerdate', format, 'refs/remotes'])
  const objects = git(course, ['rev-parse', '--show-object-format']).toString('utf8').trim()
  const named = namesOf(objects)
  const folds = foldsOf(course).map(({ step, after }) => ({ step, after: named(after) }))
  return refs
    .toString('utf8')
    .split('\n')
    .flatMap((line) => {
      const [branch = '', when = '', alias = ''] = line.split('\0')
      if (branch === '' || alias !== '') return []
      const tests = testsOn(course, branch)
      const near = folds.map(({ step, after }) => ({ step, distance: testsThatDiffer(tests, after) }))
      const nearest = near.reduceRight((best, one) => (one.distance < best.distance ? one : best))
      const step = tests.size === 0 ? null : nearest.step
      const reds = course.steps.filter(
        ({ phase, number }) => phase === 'red' && number <= (step?.number ?? 0),
      )
      return [{ branch, step, tests: reds.length, when }]
    })
}

/** What is in a branch's `test/`, by the names that git has for the bytes: no file is read, however large. */
function testsOn(course: Course, branch: string): State {
  const listed = git(course, ['ls-tree', '-r', '-z', branch, '--', 'test/']).toString('utf8').split('\0')
  return new Map(
    listed.flatMap((line) => {
      const { blob, path } = /^100\d+ blob (?<blob>\w+)\t(?<path>[^]+)$/.exec(line)?.groups ?? {}
      return blob === undefined || path === undefined ? [] : [[path, Buffer.from(blob)]]
    }),
  )
}

/** Gives the tests of a state the names that git has for their bytes. */
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
  return (state) =>
    new Map([...state].flatMap(([path, bytes]) => (path.startsWith('test/') ? [[path, nameOf(bytes)]] : [])))
}

function git({ root }: Course, args: readonly string[]): Buffer {
  const { status, stdout, stderr, error } = spawnSync('git', args, { cwd: root, maxBuffer: 1 << 28 })
  if (status === 0) return stdout
  throw new Refusal(
    `git could not be asked for the branches (${error ? reasonOf(error) : stderr.toString('utf8').trim()}).`,
    'Look with: git branch --all',
  )
}
