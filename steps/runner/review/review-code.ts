import { broken, held, skipped, type Assessment, type Finding } from './review.ts'
import { changedTests } from './changed-tests.ts'
import { refactorsTests } from '../course/steps.ts'
import { listed, type Difference } from '../course/steps-that-fit.ts'
import { testsIn } from '../course/tests-in.ts'
import type { Course, Step } from '../course/read-course.ts'
import { failuresOf } from '../test-runs/describe-failures.ts'
import { sameBytes, sourcesOf, type State, stateAt, testFilesOf } from '../course/state.ts'
import type { runTests } from '../test-runs/run-tests.ts'
import { testsOf, type TestResults } from '../test-runs/test-results.ts'
import { covering, gapsIn, notMeasured } from '../test-runs/judge-coverage.ts'
import { typesOf } from './review-types.ts'

export type RunTests = typeof runTests

interface CodeReview {
  /** What the learner had when they came to where they stand: a refactor is measured against it. */
  readonly before: State
  /** Whether a refactor may leave what it is about as it is. */
  readonly anyway: boolean
  readonly run: RunTests
}

/** Checks the learner's work before a green or a refactor. */
export async function assessCode(
  course: Course,
  { here, step }: { readonly here: Step; readonly step: Step },
  mine: State,
  { before, anyway, run }: CodeReview,
): Promise<Assessment> {
  const refactor = step.phase === 'refactor'
  const ofTests = refactorsTests(step)
  const results = await run({ root: course.root, files: testFilesOf(mine), covering })
  const red = failuresOf(results)
  // Not beside the tests, which would have to share the machine with it: it is for them that one waits first. While they
  // fail, what they name may not be there yet.
  const types = await typesOf(course.root, { red: red.length > 0, strict: refactor })
  const findings = [
    ...(ofTests
      ? [sameTests(before, mine), untouchedCode(before, mine)]
      : [untouchedTests(step, changedTests(course, here, mine))]),
    ...(refactor ? [cleaned(ofTests ? 'test' : 'src', before, mine, anyway)] : []),
    red.length === 0 ? held(`All tests pass: ${testsOf(results).length}.`) : broken('Not green yet:', ...red),
    red.length === 0
      ? coverageOf(results, course.root, mine)
      : skipped('Coverage: only when all tests pass.'),
    types,
    ...(refactor ? [await namesOf(before, mine)] : []),
  ]
  return {
    findings,
    next: nextFor(
      step,
      findings.every((finding) => finding.held),
      mine,
      course,
      here,
    ),
  }
}

function untouchedTests({ phase }: Step, changed: readonly Difference[]): Finding {
  if (changed.length === 0) return held('The tests are as they were.')
  return broken(
    `A ${phase} leaves the tests alone, but ${listed(changed)}.`,
    'When test and code change together, it is unclear which of the two was wrong.',
    'A test that you add is fine, in whatever file.',
    "To take the course's tests back, with yours saved: npm run step restore tests",
  )
}

const untouchedCode = (before: State, mine: State): Finding =>
  sameBytes(sourcesOf(before), sourcesOf(mine))
    ? held('src/ is as it was.')
    : broken(
        'A refactor of tests leaves src/ alone, but it has changed.',
        'When test and code change together, it is unclear which of the two was wrong.',
      )

/** By their names: what they say may change in a refactor of tests, what they ask for may not. */
function sameTests(before: State, mine: State): Finding {
  const have = namesIn(mine)
  const change = changeOf(namesIn(before), have)
  if (change === '') return held(`The same tests are there: ${have.length}.`)
  return broken(`A refactor of tests keeps them all${change}`)
}

const namesIn = (state: State): readonly string[] => [
  ...new Set(
    testFilesOf(state).flatMap((file) => Array.from(testsIn(state.get(file)).keys(), (name) => `"${name}"`)),
  ),
]

/** What is gone and what is new, behind what ought to have been kept; nothing when all of it is there. */
function changeOf(had: readonly string[], have: readonly string[]): string {
  const changes = [
    ['these are gone', had.filter((name) => !have.includes(name))],
    ['these are new', have.filter((name) => !had.includes(name))],
  ] as const
  return changes.map(([what, names]) => (names.length > 0 ? `; ${what}: ${names.join(', ')}` : '')).join('')
}

function cleaned(what: 'src' | 'test', before: State, mine: State, anyway: boolean): Finding {
  const [was, is] = [before, mine].map(
    (state) => new Map([...state].filter(([path]) => path.startsWith(`${what}/`))),
  )
  if (was && is && !sameBytes(was, is)) return held(`${what}/ has changed.`)
  if (anyway) return held(`${what}/ is what it was before: nothing to clean up in it.`)
  return broken(
    `${what}/ is what it was before: nothing is refactored yet.`,
    'Nothing to clean up in yours? Then a forced refactor is worse than none:',
    'npm run step next anyway',
  )
}

function coverageOf(results: TestResults, root: string, mine: State): Finding {
  const gaps = gapsIn(results, root, mine)
  if (gaps === null) return broken('Coverage could not be measured.')
  const others = notMeasured(mine)
  const more = others.length > 0 ? [`Not measured, since Node does not run it: ${others.join(', ')}`] : []
  if (gaps.length === 0) return held('Every line and branch of src/ is run by a test.', ...more)
  const shown = gaps.slice(0, 5).map(({ path, line, what }) => {
    const text = mine.get(path)?.toString('utf8').split('\n')[line - 1]?.trim() ?? ''
    return `${path}, line ${line}: ${what}: ${text}`
  })
  return broken(
    'Not all of src/ is run by a test:',
    ...shown,
    ...(gaps.length > 5 ? [`and ${gaps.length - 5} more`] : []),
    'A line that no test asked for is not the least that passes: delete it.',
    ...more,
  )
}

async function namesOf(before: State, mine: State): Promise<Finding> {
  // Not before it is needed: the parser takes a moment to load.
  const { exportedNames } = await import('../course/exported-names.ts')
  const have = exportedNames(mine)
  if (!have) return broken('src/index.ts cannot be parsed.')
  const change = changeOf(exportedNames(before) ?? have, have)
  if (change === '') return held('src/index.ts exports the same names.')
  return broken(
    `A refactor keeps what src/index.ts exports${change}`,
    'Callers know these names: another name is other behaviour, and wants a test.',
  )
}

function nextFor(step: Step, all: boolean, mine: State, course: Course, here: Step): readonly string[] {
  if (all) return [`npm run step next   (to stand at step ${step.number} with your own code)`]
  const untouched = sameBytes(sourcesOf(mine), sourcesOf(stateAt(course, here.number)))
  return [
    untouched && step.phase === 'green'
      ? 'Your turn: make it pass in src/, then npm run step check'
      : 'npm run step check   (again, when you have changed something)',
    "Stuck? npm run step hint   · the course's answer: npm run step solve",
  ]
}
