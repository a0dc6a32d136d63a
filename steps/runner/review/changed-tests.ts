import { ownedPaths, type State, stateAt, testFilesOf } from '../course/state.ts'
import type { Course, Step } from '../course/read-course.ts'
import { differencesFrom, type Difference } from '../course/steps-that-fit.ts'
import { readsTheSame, testsIn } from '../course/tests-in.ts'

/**
 * The course's files in `test/` that are not as the step has them. Tests that a learner has added make no difference, nor
 * does a file that the course brings only later.
 */
export function changedTests(course: Course, step: Step, mine: State): readonly Difference[] {
  const theirs = stateAt(course, step.number)
  const owned = [...ownedPaths(course, 'test/')].filter((path) => theirs.has(path))
  const isTestFile = new Set(testFilesOf(theirs))
  return differencesFrom(theirs, owned, mine)
    .filter(({ path }) => {
      const [was, now] = [theirs, mine].map((state) => state.get(path)?.toString('utf8'))
      return !isTestFile.has(path) || was === undefined || now === undefined || !holds(now, was)
    })
    .toSorted((one, other) => (one.path < other.path ? -1 : 1))
}

/** Whether all tests of `was` are in `now` as they were, and what stands before the first of them as well. */
function holds(now: string, was: string): boolean {
  const tests = testsIn(now)
  const lines = new Set(before(now))
  return (
    before(was).every((line) => lines.has(line)) &&
    [...testsIn(was)].every(([name, text]) => readsTheSame(tests.get(name) ?? '', text))
  )
}

/** The lines before the first test, imports left out: a test of one's own needs more of these. */
function before(text: string): readonly string[] {
  const [first = ''] = testsIn(text).values()
  const head = text.slice(0, first === '' ? undefined : text.indexOf(first))
  return head
    .replaceAll(/^import\b[^'"]*['"][^'"]*['"];?$/gm, '')
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
}
