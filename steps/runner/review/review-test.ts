import { testsIn } from '../course/tests-in.ts'
import { broken, held, skipped, type Assessment, type Finding } from './review.ts'
import type { WrongAnswer } from '../course/read-contract.ts'
import type { Course, Step } from '../course/read-course.ts'
import { failuresOf } from '../test-runs/describe-failures.ts'
import { joined, sourcesOf, type State, stateAt, testFilesOf } from '../course/state.ts'
import { isAnnounced, missesModule, textOf } from '../test-runs/judge.ts'
import {
  endOf,
  noResults,
  someOf,
  testsOf,
  timeOut,
  type FileResult,
  type TestResults,
  type TestResult,
} from '../test-runs/test-results.ts'
import type { Ending } from './prediction.ts'
import { accept, acceptedTests } from '../workspace/own-tests.ts'
import { typesOf } from './review-types.ts'
import { tryOut } from '../test-runs/run-states.ts'

/** The learner's own new test, and the file it is in. */
interface NewTest {
  readonly file: string
  /** Its full name; null when the file cannot be imported yet and the course's own code has to tell. */
  readonly test: string | null
}

/** Whether a test is no new one. */
type IsKnown = (file: string, test: string) => boolean

/** The learner's test files that are not, byte for byte, the course's where they stand. */
export const changedTestFiles = (course: Course, here: Step, mine: State): readonly string[] => {
  const theirs = stateAt(course, here.number)
  return testFilesOf(mine).filter((path) => !mine.get(path)?.equals(theirs.get(path) ?? Buffer.of()))
}

/**
 * The names of the learner's own tests, read and not run: of those that `test('…')` and `it('…')` say outright.
 *
 * @returns null when the learner has changed no test file
 */
export function ownTestNames(course: Course, here: Step, mine: State): readonly string[] | null {
  const changed = changedTestFiles(course, here, mine)
  if (changed.length === 0) return null
  const theirs = new Set(
    [...stateAt(course, here.number).values()].flatMap((bytes) => Array.from(testsIn(bytes).keys())),
  )
  return changed
    .flatMap((path) => Array.from(testsIn(mine.get(path)).keys()))
    .filter((name) => !theirs.has(name))
}

/**
 * Checks the learner's own test before a red: it fails now, it passes on the course's own answer, and it fails on
 * answers that are wrong in ways that people do get wrong.
 */
export async function assessTest(
  course: Course,
  { here, step }: { readonly here: Step; readonly step: Step },
  mine: State,
): Promise<Assessment> {
  const green = course.steps.find(({ number, phase }) => number > step.number && phase === 'green')
  const answer = sourcesOf(stateAt(course, green?.number ?? step.number))
  const written = (green?.contract.wrong ?? []).flatMap((wrong) => applied(wrong, answer))
  if (changedTestFiles(course, here, mine).length === 0) return nothingNew(step)
  // Loaded only now, as everything that parses.
  const { answerThatDoesNothing } = await import('./answer-that-does-nothing.ts')
  const nothing = answerThatDoesNothing(sourcesOf(stateAt(course, step.number)), answer)
  const mistake = 'has all the names, and does nothing'
  const wrongs = [...written, ...(nothing ? [{ wrong: { mistake }, state: nothing }] : [])]
  const results = await tryOut(
    course.root,
    new Map([
      // Where the course's own test does not notice it, it is no wrong answer.
      ...(nothing ? [['nothing', joined(nothing, stateAt(course, step.number))] as const] : []),
      ['mine', mine],
      ['answer', joined(answer, mine)],
      ...wrongs.map(({ state }, index) => [`wrong-${index + 1}`, joined(state, mine)] as const),
    ]),
  )
  const on = (name: string): TestResults => results.get(name) ?? noResults
  // A red adds exactly one test, the one that it announces: that is proven.
  const courses = new Set(
    course.steps.flatMap(({ number, contract: { fails } }) =>
      fails && number <= here.number ? [`${fails.file}\0${fails.test}`] : [],
    ),
  )
  const isOwn = acceptedTests(course, mine)
  // An own test that is accepted and fails is the one at hand still.
  const isPassing = (file: string, test: string) => passes(on('mine'), file, test)
  const known: IsKnown = (file, test) =>
    courses.has(`${file}\0${test}`) || (isOwn(file, test) && isPassing(file, test))
  const onAnswer = on('answer')
  const added = newTests(on('mine'), onAnswer, known)
  if (added.length === 0) return nothingNew(step)

  const { finding: first, ending } = failsNow(step, { now: on('mine'), onAnswer }, added, known)
  const [test] = added
  const second =
    test && first.held
      ? passesOnAnswer(onAnswer, test)
      : skipped("On the course's own answer: not tried yet.")
  const { fails } = step.contract
  const third =
    test && second.held
      ? failsOnWrongs(
          wrongs
            .map(({ wrong, state }, index) => ({ wrong, state, results: on(`wrong-${index + 1}`) }))
            .filter(
              ({ state }) => state !== nothing || !fails || !passes(on('nothing'), fails.file, fails.test),
            ),
          onAnswer,
          test,
        )
      : skipped('On wrong answers: not tried yet.')
  const types = await typesOf(course.root, { red: true, strict: false })
  const findings = [first, second, third, types]
  if (test?.test != null && findings.every((finding) => finding.held)) accept(course.root, [test.test])
  return {
    findings,
    ending,
    next: findings.every((finding) => finding.held)
      ? [
          "npm run step next   (brings the course's test; yours stays beside it, and counts from now on)",
          'Compare the two: which of them says more clearly what is wanted?',
        ]
      : [
          'npm run step check   (again, when you have changed something)',
          "Stuck? npm run step hint   · the course's own test: npm run step next",
        ],
  }
}

function nothingNew(step: Step): Assessment {
  const { fails } = step.contract
  return {
    findings: [
      broken(
        'There is no new test of yours to check.',
        ...(fails ? [`The next line of the test list: ${fails.test}`] : []),
        `Write it into ${fails?.file ?? 'test/'}, or into a file of its own.`,
      ),
    ],
    next: ['npm run step check   (when you have written it)', "The course's own test: npm run step next"],
  }
}

interface NowRed {
  readonly finding: Finding
  /** Null where there is not one test that could have been predicted. */
  readonly ending: Ending | null
}

const ended = (ending: Ending | null, finding: Finding): NowRed => ({ finding, ending })

function failsNow(
  step: Step,
  { now, onAnswer }: { readonly now: TestResults; readonly onAnswer: TestResults },
  added: readonly NewTest[],
  known: IsKnown,
): NowRed {
  if (added.length > 1) {
    const names = added.map(({ file, test }) => (test === null ? file : `"${test}"`))
    const what = `One new test at a time, but there are ${added.length}: ${names.join(', ')}.`
    const why = 'Keep the others on your list: each of them may change how you see the next.'
    return ended(null, broken(what, why))
  }
  const [{ file, test } = { file: '', test: null }] = added
  const result = now.files.get(file)
  const more = failuresOf(without(now, file, test))
  if (more.length > 0) {
    const why = 'From red, only one thing should be missing.'
    return ended('others fail too', broken('More fails than your new test:', ...more, why))
  }
  if (result?.kind === 'amber') return couldNotRun(file, result)
  const one = result?.tests.find((each) => each.test === test)
  if (!one || one.kind === 'skipped') {
    return ended(null, broken(`"${test}" is skipped, and proves nothing.`))
  }
  if (one.kind === 'passed') {
    const why = 'A test that has never failed has not shown that it can. Ask for what is not there yet.'
    return ended('passes', broken(`"${one.test}" passes already.`, why))
  }
  const ending = endingOf(one)
  if (ending === 'cannot run') {
    const why = 'A red fails by what it asserts. One that waits says nothing about the code.'
    return ended(ending, broken(`Amber, not red: "${one.test}" ${textOf(one.thrown)}.`, why))
  }
  const { fails } = step.contract
  const isRed =
    (fails && isAnnounced(fails, one.thrown)) || failuresOf(only(onAnswer, file, test)).length === 0
  if (ending === 'another error' && !isRed) {
    const what = `"${one.test}" fails, but neither by an assertion nor by a missing name: ${textOf(one.thrown)}`
    return ended(
      ending,
      broken(what, 'A red says what is missing. This one may stay red whatever you write.'),
    )
  }
  const passing = testsOf(now).filter((other) => known(other.file, other.test)).length
  const others = passing === 1 ? 'the other passes' : `the ${passing} others pass`
  const alone = `It alone${passing > 0 ? `; ${others}` : ''}.`
  return ended(ending, held(`It fails now: ${textOf(one.thrown)}`, alone))
}

function couldNotRun(file: string, result: FileResult & { readonly kind: 'amber' }): NowRed {
  if (missesModule(result.thrown)) {
    return ended('missing name', held(`It fails now, because a module is missing: ${textOf(result.thrown)}`))
  }
  const why = 'A test that cannot run says nothing about the code. Make it run, and then fail.'
  return ended('cannot run', broken(`Amber, not red: ${file} could not run. ${textOf(result.thrown)}`, why))
}

function passesOnAnswer(results: TestResults, { file, test }: NewTest): Finding {
  const failures = failuresOf(results)
  if (failures.length === 0) {
    return held("It passes on the course's own answer.")
  }
  const mine = failuresOf(only(results, file, test))
  return broken(
    "It does not pass on the course's own answer:",
    ...(mine.length > 0 ? mine : failures),
    'It asks for more than this step, for something else, or for names that no lesson has announced.',
  )
}

function failsOnWrongs(
  wrongs: readonly { readonly wrong: Pick<WrongAnswer, 'mistake'>; readonly results: TestResults }[],
  answer: TestResults,
  { file, test }: NewTest,
): Finding {
  if (wrongs.length === 0) return held('This step has no wrong answers to try it on.')
  const name = test ?? namesOf(answer.files.get(file))[0]
  const survived = wrongs.filter(({ results }) => name !== undefined && passes(results, file, name))
  if (survived.length === 0) {
    return held(
      `It fails on ${wrongs.length === 1 ? 'a wrong answer' : `${wrongs.length} wrong answers`}:`,
      ...wrongs.map(({ wrong }) => `an answer that ${wrong.mistake}`),
      'So it asks for the behaviour, not for your way to it.',
    )
  }
  return broken(
    `It is too weak: it passes on ${survived.length} of ${wrongs.length} wrong answers.`,
    ...survived.map(({ wrong }) => `It does not notice an answer that ${wrong.mistake}.`),
    'This mistake would stay green one day. Ask for what tells right from wrong.',
  )
}

/** A wrong answer whose place is not there any more is the proof's business, not the learner's. */
function applied(
  wrong: WrongAnswer,
  answer: State,
): readonly { readonly wrong: WrongAnswer; readonly state: State }[] {
  const text = answer.get(wrong.file)?.toString('utf8')
  if (!text?.includes(wrong.replace)) return []
  const mistaken = Buffer.from(text.replace(wrong.replace, () => wrong.with))
  return [{ wrong, state: new Map([...answer, [wrong.file, mistaken]]) }]
}

/** The tests that the course's step has not. Of a file that cannot be imported here, the course's answer tells them. */
function newTests(now: TestResults, answer: TestResults, known: IsKnown): readonly NewTest[] {
  return [...now.files].flatMap(([file, result]): readonly NewTest[] => {
    if (result.kind === 'ran') {
      return namesOf(result).flatMap((test) => (known(file, test) ? [] : [{ file, test }]))
    }
    const there = namesOf(answer.files.get(file)).filter((test) => !known(file, test))
    return there.length > 0 ? there.map((test) => ({ file, test })) : [{ file, test: null }]
  })
}

function endingOf({ thrown }: TestResult & { readonly kind: 'failed' }): Ending {
  if (thrown.name === 'AssertionError') return 'assertion'
  if (thrown.name === timeOut) return 'cannot run'
  const missing =
    (thrown.name === 'TypeError' &&
      /is not a (?:function|constructor)|of undefined|of null/.test(thrown.message)) ||
    thrown.name === 'ReferenceError' ||
    thrown.message.startsWith('Cannot find module')
  return missing ? 'missing name' : 'another error'
}

const passes = (results: TestResults, file: string, test: string) =>
  endOf(results, file, test)?.kind === 'passed'

const namesOf = (result: FileResult | undefined) =>
  result?.kind === 'ran' ? result.tests.map(({ test }) => test) : []

const without = (results: TestResults, file: string, test: string | null): TestResults =>
  someOf(results, (path, name) => path !== file || (test !== null && name !== null && name !== test))

const only = (results: TestResults, file: string, test: string | null): TestResults =>
  someOf(results, (path, name) => path === file && (test === null || name === null || name === test))
