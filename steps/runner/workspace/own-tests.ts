import { type State, stateAt, testFilesOf } from '../course/state.ts'
import type { Course, Step } from '../course/read-course.ts'
import { probablyAt } from './standing.ts'
import { readsTheSame, testsIn } from '../course/tests-in.ts'
import { readJson } from '../system/read-json.ts'
import { locationsOf, nameOf } from '../system/locations.ts'
import { filesAtHead } from '../system/git-head.ts'
import type { IsOwn } from '../test-runs/judge.ts'
import { cannotWrite } from '../system/refusal.ts'
import { replaceFile } from '../system/write-file.ts'

/**
 * The learner's own tests that count from now on: those that the last commit has, and those that `check` has accepted and
 * that are not committed yet. Whichever file they are in, they may fail at a red and have to pass at a green.
 *
 * @param root where the learner's repository is
 */
export function acceptedTests(course: Course, files: State, root = course.root): IsOwn {
  const courses = namesOfTheCourse(course)
  const isOwn = (file: string, test: string) => !courses.has(`${file}\0${test}`)
  const own = testFilesOf(files).filter((file) => hasOwn(files.get(file), (test) => isOwn(file, test)))
  // Without a file git is not asked: it is slow.
  if (own.length === 0) return () => false
  const atHead = filesAtHead(root, own) ?? new Map<string, Buffer>()
  const committed = new Set(Array.from(atHead.values()).flatMap((bytes) => Array.from(testsIn(bytes).keys())))
  const checked = new Set(readAccepted(root))
  const sameAsAtHead = new Set(own.filter((file) => atHead.get(file)?.equals(files.get(file) ?? Buffer.of())))
  const isAccepted = (file: string, test: string) =>
    isOwn(file, test) &&
    (checked.has(test) || sameAsAtHead.has(file) || committed.has(test) || committed.has(lastPart(test)))
  return (file, test) => {
    if (test !== null) return isAccepted(file, test)
    const names = [...testsIn(files.get(file)).keys()]
    return sameAsAtHead.has(file) || (names.length > 0 && names.every((name) => isAccepted(file, name)))
  }
}

/** Remembers that `check` has accepted these tests: full names. */
export function accept(root: string, tests: readonly string[]): void {
  const { ownTests } = locationsOf(root)
  const before = readAccepted(root)
  if (tests.every((test) => before.includes(test))) return
  try {
    replaceFile(ownTests, `${JSON.stringify([...new Set([...before, ...tests])], null, 2)}\n`)
  } catch (error) {
    throw cannotWrite(`That your test is accepted could not be written to ${nameOf(ownTests)}`, error, {
      advice: 'Make it writable, then: npm run step check',
    })
  }
}

/** A test file's tests that a learner has added to it, or written into a file of their own. */
const hasOwn = (bytes: Buffer | undefined, isOwn: (test: string) => boolean) => {
  const names = [...testsIn(bytes).keys()]
  // One that says no name outright, such as a test in a loop, is not a known test.
  return names.length === 0 || names.some(isOwn)
}

/** What cannot be read accepts nothing: `check` accepts it again. */
function readAccepted(root: string): readonly string[] {
  const said = readJson(locationsOf(root).ownTests)
  return Array.isArray(said) ? said.filter((one): one is string => typeof one === 'string') : []
}

/** Every test that some step has, by its file. */
function namesOfTheCourse({ steps }: Course): ReadonlySet<string> {
  return new Set(
    steps.flatMap(({ files }) =>
      testFilesOf(files).flatMap((file) =>
        Array.from(testsIn(files.get(file)).keys(), (test) => `${file}\0${test}`),
      ),
    ),
  )
}

const lastPart = (test: string) => test.split(' > ').at(-1) ?? test

/** A course's test file in which a learner has written: what they have, and that without the course's own tests. */
export interface OwnTests {
  readonly mine: Buffer
  readonly kept: Buffer
}

/** By the course's file: the learner's own tests in those that `step` is about to write over. */
export async function ownTestsIn(
  course: Course,
  step: Step,
  files: State,
): Promise<ReadonlyMap<string, OwnTests>> {
  const [was, comes] = [stateAt(course, probablyAt(course, files).number), stateAt(course, step.number)]
  const found = await Promise.all(
    testFilesOf(comes).map(async (path) => {
      const [mine, arriving] = [files.get(path), comes.get(path)]
      if (!mine || !arriving || mine.equals(arriving)) return []
      const kept = await withoutTheCourses(path, mine, { was: was.get(path), comes: arriving })
      return kept ? [[path, { mine, kept }] as const] : []
    }),
  )
  return new Map(found.flat())
}

/**
 * Where what is kept of them goes: beside the course's own file, under a name that is not taken.
 *
 * @param files what is there
 */
export function besideTheCourses(
  own: ReadonlyMap<string, OwnTests>,
  files: State,
): ReadonlyMap<string, string> {
  return new Map(
    Array.from(own, ([path, { kept }]) => {
      const name = (count: number) =>
        path.replace(/\.test\.ts$/, `.mine${count === 1 ? '' : `-${count}`}.test.ts`)
      const isFree = (place: string) => !files.has(place) || files.get(place)?.equals(kept) === true
      let count = 1
      while (!isFree(name(count))) count += 1
      return [path, name(count)]
    }),
  )
}

/**
 * A learner's test file without the tests that are the course's: what is kept beside the course's own file when that
 * arrives. Null when nothing of it is the learner's, or when it cannot be parsed: then it is in the save alone.
 *
 * @param theirs the course's file as it was, and as it arrives
 */
async function withoutTheCourses(
  path: string,
  mine: Buffer,
  theirs: { readonly was: Buffer | undefined; readonly comes: Buffer },
): Promise<Buffer | null> {
  const [was, comes] = [testsIn(theirs.was), testsIn(theirs.comes)]
  const own = testsIn(mine)
  // A test that bears the name of the one that arrives is the learner's, unless it is the same.
  const isCourses = (name: string) => {
    const [text, arriving] = [own.get(name), comes.get(name)]
    return was.has(name) || (text !== undefined && arriving !== undefined && readsTheSame(text, arriving))
  }
  if ([...own.keys()].every(isCourses)) return null
  // Loaded only now, as all that parses.
  const { nodesIn, sourceOf } = await import('../course/syntax-tree.ts')
  const source = sourceOf(path, mine)
  if (!source) return null
  let { text } = source
  const statements = nodesIn(source.program).flatMap(([node]) => {
    const { start, end, type, expression } = node as typeof node & {
      readonly end: number
      readonly expression?: unknown
    }
    const name = type === 'ExpressionStatement' ? testNameIn(expression) : null
    return name !== null && isCourses(name) ? [{ start, end }] : []
  })
  for (const { start, end } of statements.toReversed()) {
    text = `${text.slice(0, start)}${text.slice(end).replace(/^[ \t]*\r?\n(?:\r?\n)?/, '')}`
  }
  return Buffer.from(text)
}

function testNameIn(expression: unknown): string | null {
  const { callee, arguments: [first] = [] } = expression as {
    readonly callee?: { readonly name?: string; readonly object?: { readonly name?: string } }
    readonly arguments?: readonly { readonly value?: unknown }[]
  }
  const called = callee?.name ?? callee?.object?.name
  return (called === 'test' || called === 'it') && typeof first?.value === 'string' ? first.value : null
}
