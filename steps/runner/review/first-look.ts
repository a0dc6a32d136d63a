import { changedTestFiles } from './review-test.ts'
import type { Course, Step } from '../course/read-course.ts'
import { failuresOf } from '../test-runs/describe-failures.ts'
import { type State, testFilesOf } from '../course/state.ts'
import type { Only } from '../test-runs/run-tests.ts'
import type { TestResults } from '../test-runs/test-results.ts'
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
export const failedIn = ({ files }: TestResults): Only =>
  new Map(
    Array.from(files, ([file, found]) => {
      const tests = found.kind === 'ran' ? found.tests.filter(({ kind }) => kind === 'failed') : []
      return [file, tests.map(({ test }) => test)] as const
    }).filter(([, tests]) => tests.length > 0),
  )

/** What came of it, in a line or a few; nothing when there was no such test. */
export function firstLookLines(lights: TestResults): readonly string[] {
  const files = new Map(
    Array.from(lights.files, ([file, found]) => [
      file,
      // Those that were not asked for.
      found.kind === 'ran'
        ? { ...found, tests: found.tests.filter(({ kind }) => kind !== 'skipped') }
        : found,
    ]),
  )
  const failures = failuresOf({ ...lights, files }, 1)
  if (failures.length > 0) {
    // A module that is not there yet is expected in a red; one that cannot be parsed is never expected.
    const amber = [...files.values()].some((found) => found.kind === 'amber' && !missesModule(found.thrown))
    const how = amber ? 'amber' : 'red'
    return beside('First', `${light[how].shape} ${failures.join('\n')}`, (line) => paint(how, line))
  }
  const passed = [...files.values()].flatMap((found) => (found.kind === 'ran' ? found.tests : []))
  const [only, another] = passed
  if (!only) return []
  const what = another ? `${passed.length} tests pass.` : `"${only.test}" passes.`
  return beside('First', `${light.green.shape} ${what}`, (line) => paint('green', line))
}
