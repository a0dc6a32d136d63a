import { changedTestFiles } from './review-test.ts'
import type { Course, Step } from '../course/read-course.ts'
import { failuresOf } from '../test-runs/describe-failures.ts'
import { type State, testFilesOf } from '../course/state.ts'
import type { Only } from '../test-runs/run-tests.ts'
import { ambersIn, endOf, someOf, testsOf, type TestResults } from '../test-runs/test-results.ts'
import { missesModule } from '../test-runs/judge.ts'
import { beside, lights as light, paint } from '../terminal/print.ts'

/** The few tests whose results matter first after a file was saved. */
export interface FirstLook {
  readonly files: readonly string[]
  /** Of these files only these tests; of the others all. */
  readonly only: Only
}

/**
 * Before a red the learner's own tests; after it the test that it brought, and those that failed when all were run
 * last. There may be none.
 */
export function firstLook(
  course: Course,
  { here, step }: { readonly here: Step; readonly step: Step },
  mine: State,
  failed: Only,
): FirstLook {
  const there = new Set(testFilesOf(mine))
  if (step.phase === 'red') return { files: changedTestFiles(course, here, mine), only: new Map() }
  const { fails } = here.contract
  const only = new Map(failed)
  if (fails) only.set(fails.file, [...new Set([fails.test, ...(only.get(fails.file) ?? [])])])
  return { files: [...only.keys()].filter((file) => there.has(file)), only }
}

/** Test file -> the tests in it that failed. */
export function failedIn(results: TestResults): Only {
  const failed = testsOf(results).filter(({ kind }) => kind === 'failed')
  const namesIn = (path: string) => failed.flatMap(({ file, test }) => (file === path ? [test] : []))
  return new Map(failed.map(({ file }) => [file, namesIn(file)]))
}

/** What came of it, in a line or a few; nothing when there was no such test. */
export function firstLookLines(all: TestResults): readonly string[] {
  // Those that were not asked for are skipped.
  const results = someOf(all, (file, test) => test === null || endOf(all, file, test)?.kind !== 'skipped')
  const failures = failuresOf(results, 1)
  if (failures.length > 0) {
    // A module that is not there yet is expected in a red; one that cannot be parsed is never expected.
    const amber = ambersIn(results).some(({ thrown }) => !missesModule(thrown))
    const how = amber ? 'amber' : 'red'
    return beside('First', `${light[how].shape} ${failures.join('\n')}`, (line) => paint(how, line))
  }
  const passed = testsOf(results)
  const [only, another] = passed
  if (!only) return []
  const what = another ? `${passed.length} tests pass.` : `"${only.test}" passes.`
  return beside('First', `${light.green.shape} ${what}`, (line) => paint('green', line))
}
