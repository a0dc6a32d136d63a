import { createHash } from 'node:crypto'
import { ownedPaths, sameBytes, sameFile, type State, stateAt, testFilesOf } from '../course/state.ts'
import type { Course, Step } from '../course/read-course.ts'
import { readTree } from '../course/read-tree.ts'
import { differencesFrom, listed, stepsThatFit, type Fit } from '../course/steps-that-fit.ts'
import { existing } from '../course/steps.ts'
import { testsIn } from '../course/tests-in.ts'
import { filesAtHead } from '../system/git-head.ts'
import { checkedOut } from '../system/checked-out.ts'
import { underCi } from '../system/under-ci.ts'
import { Refusal } from '../system/refusal.ts'
import { beside, say } from '../terminal/print.ts'
import { redsIn, someOf, type TestResults } from '../test-runs/test-results.ts'
import { withLock } from './lock.ts'
import { locationsOf, nameOf } from '../system/locations.ts'
import { readPosition, remember, type Position } from './position.ts'

// The one place that decides where code stands. What is in test/ says which steps it can be, memory breaks the tie only
// while it fits, and without it src/ or the tests do. The gate asks only the first of these.

/** What can be said of where code stands without running it. */
interface Guess {
  readonly step: Step
  /** Whether nothing is left to ask the tests. */
  readonly certain: boolean
  readonly fit: Fit
  readonly position: Position
}

/**
 * The step at which the code in `src/` and `test/` most probably stands, without running it: for lists and names of
 * saves, which must not wait.
 *
 * @throws {Refusal} for a course without steps
 */
export const probablyAt = (course: Course, files = readTree(course.root).files): Step =>
  guess(course, files).step

/** Whether this is a clone as it came: nothing is remembered, and it stands at the last step, byte for byte. */
export function isUntouched(course: Course, files: State): boolean {
  const last = course.steps.at(-1)
  return (
    last !== undefined &&
    readPosition(course).kind === 'none' &&
    [...ownedPaths(course)].every((path) => sameFile(stateAt(course, last.number).get(path), files.get(path)))
  )
}

/**
 * The step at which the code in `src/` and `test/` stands, for commands that start from it. Says so where it is not what
 * was remembered, and remembers it.
 *
 * @throws {Refusal} when a walk was cut short
 */
export async function standingAt(course: Course): Promise<Step> {
  const { files } = readTree(course.root)
  const { step: probable, certain, fit, position } = guess(course, files)
  if (position.kind === 'between' && position.branch === checkedOut(course.root)) throw cutShort(position)
  const found = certain ? { step: probable, says: '' } : await askTests(course, files, fit, probable)
  if (position.kind === 'at' && position.step === found.step && isHere(course, position)) return found.step
  if (isUntouched(course, files)) return found.step

  const setAside = withLock(course.root, () =>
    remember(course, found.step, {
      began: position.kind === 'at' && position.step === found.step ? position.began : null,
    }),
  )
  say(...notice(course, files, { ...found, fit, position, setAside }))
  return found.step
}

/**
 * Whether root `src/` and `test/` are to be the last step, byte for byte: unless the learner has walked to an earlier one,
 * and its tests are there. Workflows look at what is to be merged: there they are.
 */
export function hasToBeLast(course: Course, files: State): boolean {
  const last = course.steps.at(-1)
  if (!last) return false
  const { steps, orSteps } = stepsThatFit(course, files)
  if (underCi() || readPosition(course).kind === 'none') return true
  const isEarlier = steps.some((step) => step !== last && sameBytes(stateAt(course, step.number), files))
  return !isEarlier && [...steps, ...orSteps].includes(last)
}

/** Which tests are there, to notice when others are. */
export function printOfTests(course: Course, files: State): string {
  const hash = createHash('sha256')
  for (const path of [...ownedPaths(course, 'test/')].toSorted()) {
    hash.update(`${path}\0`).update(files.get(path) ?? 'none')
  }
  return hash.digest('base64')
}

function guess(course: Course, files: State): Guess {
  const position = readPosition(course)
  const remembered = position.kind === 'at' && !underCi() ? position : null
  const fit = stepsThatFit(course, files, remembered?.step)
  const first = existing(fit.steps[0])
  const could = [...fit.steps, ...fit.orSteps]
  const found = (step: Step, certain: boolean) => ({ step, certain, fit, position })

  const asSaid = remembered && remembered.tests === printOfTests(course, files)
  const fits =
    remembered && (asSaid || could.includes(remembered.step) || areDeleted(course, remembered, fit))
  if (fits && isHere(course, remembered)) return found(remembered.step, true)
  const sources = [...ownedPaths(course, 'src/')]
  const courses = could.filter((step) => {
    const state = stateAt(course, step.number)
    return sources.every((path) => sameFile(state.get(path), files.get(path)))
  })
  const exactly = courses.find((step) => step === remembered?.step) ?? courses[0]
  if (exactly) return found(exactly, true)
  if (fits) return found(remembered.step, false)
  // A clone as it came, with something changed in it.
  const last = course.steps.at(-1)
  return found(last && fit.steps.includes(last) ? last : first, could.length === 1)
}

/**
 * Whether tests of the remembered step were deleted by hand: fewer are there, and the last commit is no reason for it, as
 * it is after `git stash` or `git reset`.
 */
function areDeleted(course: Course, remembered: Position & { readonly kind: 'at' }, fit: Fit): boolean {
  const isEarlier = fit.steps.every(({ number }) => number < remembered.step.number)
  if (!isEarlier || !isHere(course, remembered)) return false
  const atHead = filesAtHead(course.root, [...ownedPaths(course, 'test/')])
  if (atHead === null) return true
  const there = stepsThatFit(course, atHead)
  return ![...there.steps, ...there.orSteps].some((step) => fit.steps.includes(step))
}

const isHere = (course: Course, { branch }: { readonly branch: string | null }) =>
  branch === checkedOut(course.root)

/** Failing as announced it is the red; with the course's tests passing it is what comes after. */
async function askTests(course: Course, files: State, fit: Fit, probable: Step) {
  // Loaded only now: where the remembered position fits, the test runner is not needed.
  const [{ runTests }, { judge }] = await Promise.all([
    import('../test-runs/run-tests.ts'),
    import('../test-runs/judge.ts'),
  ])
  const results = await runTests({ root: course.root, files: testFilesOf(files) })
  const last = (steps: readonly Step[]) =>
    steps.find((step) => step === course.steps.at(-1)) ??
    steps.find(({ phase }) => phase !== 'red') ??
    steps[0]
  const passes = (steps: readonly Step[]) => {
    const [step] = steps
    return step && isGreen(ofTheCourse(results, stateAt(course, step.number)))
  }
  const later = fit.orSteps.filter(({ number }) => number > (fit.steps.at(-1)?.number ?? 0))
  const red = fit.steps.find(({ phase }) => phase === 'red')
  if (later.length > 0 && passes(later)) return { step: last(later) ?? probable, says: 'Its tests pass.' }
  if (passes(fit.steps)) return { step: last(fit.steps) ?? probable, says: 'Its tests pass.' }
  const verdict = red && judge(red, ofTheCourse(results, stateAt(course, red.number)))
  return verdict?.kind === 'as it should be'
    ? { step: red ?? probable, says: 'Its test fails, as announced.' }
    : { step: probable, says: 'Its tests fail, and not only as announced: npm run step check says how.' }
}

/** Of a run only the tests that a state of the course has. */
function ofTheCourse({ files, coverage }: TestResults, state: State): TestResults {
  const theirs = testFilesOf(state).flatMap((path) => {
    const result = files.get(path)
    return result ? [[path, result] as const] : []
  })
  const names = new Map(theirs.map(([path]) => [path, testsIn(state.get(path))]))
  return someOf(
    { files: new Map(theirs), strays: [], coverage },
    (path, test) => test === null || names.get(path)?.has(test) === true,
  )
}

const isGreen = (results: TestResults) => results.files.size > 0 && redsIn(results).length === 0

interface Found {
  readonly step: Step
  /** What the tests said, if they were asked. */
  readonly says: string
  readonly fit: Fit
  readonly position: Position
  readonly setAside: string | null
}

function notice(
  course: Course,
  files: State,
  { step, says, fit, position, setAside }: Found,
): readonly string[] {
  const stood = position.kind === 'at' ? position.step : null
  if (stood === step || (stood === null && setAside === null && step === course.steps.at(-1))) return []
  const owned = [...ownedPaths(course, 'test/')]
  const since = stood ? differencesFrom(stateAt(course, stood.number), owned, files) : []
  return [
    '',
    ...beside('Where', `This code stands at step ${step.number}. ${says}`),
    ...(stood
      ? beside(
          '',
          since.length > 0
            ? `Last it was step ${stood.number}; of that step's tests ${listed(since)} now. git switch, git stash and git pull do that.`
            : `Last it was step ${stood.number}, on another branch.`,
        )
      : []),
    ...(setAside === null
      ? []
      : beside(
          '',
          `${nameOf(locationsOf(course.root).position)} could not be read, and is now ${setAside.slice(setAside.lastIndexOf('/') + 1)}`,
        )),
    ...(fit.differences.length > 0
      ? [
          ...beside('', `No step has just these tests, it is only the nearest: ${listed(fit.differences)}.`),
          ...beside('', "The course's tests, with yours saved: npm run step restore tests"),
        ]
      : []),
    ...beside('', 'Is it another step? npm run step at N says so, and writes no file of yours.'),
  ]
}

function cutShort({ from, to }: Position & { readonly kind: 'between' }): Refusal {
  return new Refusal(
    `The walk to step ${to.number} was cut short.`,
    `To finish it: npm run step ${to.number}`,
    ...(from ? [`To go back: npm run step ${from.number}`] : []),
  )
}
