import type { DeclaredFailure } from '../course/read-contract.ts'
import type { Step } from '../course/read-course.ts'
import {
  ambersIn,
  testsOf,
  timeOut,
  type FileResult,
  type TestResults,
  type TestResult,
  type Thrown,
} from './test-results.ts'

/** What the tests say about a step, measured against its contract. */
export interface Verdict {
  readonly kind:
    | 'as it should be'
    /** Tests could not run, and the contract does not announce it. */
    | 'amber'
    /** Something threw outside of every test. */
    | 'stray'
    /** A test is marked to be skipped: it proves nothing. */
    | 'skipped'
    /** The announced test passes. */
    | 'passes'
    /** There is no test of the announced name. */
    | 'missing'
    /** The announced test fails, but not in the announced way. */
    | 'another reason'
    /** Tests fail that have to pass. */
    | 'fails'
  /** One sentence for people. */
  readonly says: string
}

/** Whether a test is one of the learner's own that belong to the announcement; null asks for a whole file. */
export type IsOwn = (file: string, test: string | null) => boolean

/**
 * Measures what the tests showed against what the step announces. The first thing that is wrong is the verdict.
 *
 * @param isOwn a learner's own tests that belong to the announcement: they may fail at a red, and one of them may be the
 *   next red of its own
 */
export function judge(step: Step, results: TestResults, isOwn: IsOwn = () => false): Verdict {
  const { fails } = step.contract
  const ran = [...results.files]
  const tests = testsOf(results)
  const isAnnouncedFile = (file: string, result: FileResult) =>
    announces(step, file, result) || (fails !== undefined && isMissing(result) && isOwn(file, null))

  const amber = ambersIn(results).find((one) => !isAnnouncedFile(one.file, one))
  if (amber) return { kind: 'amber', says: `amber: ${amber.file} could not run. ${textOf(amber.thrown)}` }
  const [stray] = results.strays
  if (stray) {
    const place = stray.file === null ? '' : `, while ${stray.file} ran`
    return { kind: 'stray', says: `an error that no test caught${place}: ${textOf(stray.thrown)}` }
  }
  const skipped = tests.find(({ kind }) => kind === 'skipped')
  if (skipped) return { kind: 'skipped', says: `"${skipped.test}" is skipped, and proves nothing` }

  const failing = tests.flatMap((test) => (test.kind === 'failed' ? [test] : []))
  const late = failing.find(({ thrown }) => thrown.name === timeOut)
  if (late && fails) {
    const more = failing.length - 1
    return {
      kind: 'amber',
      says: `amber: "${late.test}" ${textOf(late.thrown)}${more > 0 ? `, and ${more} more ${more === 1 ? 'fails' : 'fail'}` : ''}. A red fails by what it asserts`,
    }
  }
  const isTheRed = ({ file, test }: { readonly file: string; readonly test: string }) =>
    fails !== undefined && file === fails.file && test === fails.test
  const own = failing.filter(({ file, test }) => isOwn(file, test))
  const others = failing.filter((test) => !isTheRed(test) && !own.includes(test))
  if (!fails && (others[0] || own.length > 1)) {
    return { kind: 'fails', says: `red, but it should be green: ${listOf([...others, ...own])}` }
  }
  if (fails) {
    if (others[0]) return { kind: 'fails', says: `more fails than announced: ${listOf(others)}` }
    const couldNotImport = ran.some(([file, result]) => announces(step, file, result))
    const theirs = tests.filter(
      ({ file, test }) => !own.some((one) => one.file === file && one.test === test),
    )
    const verdict = judgeAnnounced(fails, { tests: theirs, red: theirs.find(isTheRed), couldNotImport })
    return own.length > 0 && verdict.kind === 'as it should be'
      ? { ...verdict, says: `${verdict.says}. Yours as well: ${listOf(own)}` }
      : verdict
  }
  if (tests.length === 0) return { kind: 'missing', says: 'there is no test' }
  if (own.length > 0) {
    return {
      kind: 'as it should be',
      says: `red by a test of your own: ${listOf(own)}; ${count(tests.length - 1)}`,
    }
  }
  return { kind: 'as it should be', says: `green, as it should be: ${count(tests.length)}` }
}

interface Announced {
  readonly tests: readonly TestResult[]
  readonly red: TestResult | undefined
  readonly couldNotImport: boolean
}

function judgeAnnounced(fails: DeclaredFailure, { tests, red, couldNotImport }: Announced): Verdict {
  const announced = `${fails.error}: ${fails.message}`
  if (couldNotImport) return { kind: 'as it should be', says: `red, as it should be: ${announced}` }
  if (!red) return { kind: 'missing', says: `there is no test "${fails.test}"` }
  if (red.kind !== 'failed') {
    return { kind: 'passes', says: `green, but this step is supposed to fail: "${fails.test}" passes` }
  }
  const { thrown } = red
  if (!isAnnounced(fails, thrown)) {
    return {
      kind: 'another reason',
      says: `red for another reason: "${fails.test}" was expected to fail with ${announced}, but came ${textOf(thrown)}`,
    }
  }
  const passing = tests.length - 1
  return {
    kind: 'as it should be',
    says: `red, as it should be: "${fails.test}" fails with ${textOf(thrown)}${passing > 0 ? `; ${count(passing)}` : ''}`,
  }
}

/** Whether a file that cannot even be imported is what the red announces: the module to write is not there yet. */
export function announces(step: Step, file: string, result: FileResult): boolean {
  const { fails } = step.contract
  return (
    result.kind === 'amber' &&
    fails !== undefined &&
    file === fails.file &&
    missesModule(result.thrown) &&
    isAnnounced(fails, result.thrown)
  )
}

const isMissing = (result: FileResult) => result.kind === 'amber' && missesModule(result.thrown)

/** Whether the module that is missing is one of `src/`. */
export const missesModule = ({ message }: Thrown): boolean =>
  /^Cannot find module '\.\.?\/(?:.*\/)?src\//.test(message)

export function isAnnounced(fails: DeclaredFailure, thrown: Thrown): boolean {
  return thrown.name === fails.error && thrown.message.includes(fails.message)
}

/** The error in one line: "Transform failed with 1 error:" says nothing without the next, nor without the place. */
export function textOf({ name, message }: Thrown): string {
  const [first = '', second = ''] = message.split('\n').filter((line) => line.trim() !== '')
  const place = /╭─\[ (?:.*[\\/])?(?<place>(?:src|test)[\\/].*:\d+:\d+) \]/.exec(message)?.groups?.['place']
  const text = first.endsWith(':') ? `${first} ${second.trim()}` : first
  return `${name === timeOut ? '' : `${name}: `}${text}${place ? ` (${place})` : ''}`
}

function listOf(tests: readonly (TestResult & { readonly kind: 'failed' })[]): string {
  const shown = tests.slice(0, 3).map(({ test, thrown }) => `"${test}" ${endOf(thrown)}`)
  return [...shown, ...(tests.length > shown.length ? [`and ${tests.length - shown.length} more`] : [])].join(
    '; ',
  )
}

const endOf = (thrown: Thrown) => `${thrown.name === timeOut ? '' : 'fails with '}${textOf(thrown)}`

const count = (tests: number) => (tests === 1 ? '1 test passes' : `${tests} tests pass`)
