import { assessCode, type RunTests } from './review-code.ts'
import { assessTest } from './review-test.ts'
import type { Assessment } from './review.ts'
import type { Course, Step } from '../course/read-course.ts'
import { runTests } from '../test-runs/run-tests.ts'
import { readPosition } from '../workspace/position.ts'
import { listSaves, readSave } from '../workspace/saves.ts'
import { stateAt, type State } from '../course/state.ts'
import { readTree } from '../course/read-tree.ts'

export interface ReviewOptions {
  /** Whether a refactor may leave `src/` as it is. */
  readonly anyway?: boolean
  /** How to run the learner's tests. By default with a vitest of their own. */
  readonly run?: RunTests
}

/**
 * Checks what stands in root `src/` and `test/` against the step that the learner is working on. Writes neither. */
export function assess(
  course: Course,
  at: { readonly here: Step; readonly step: Step },
  { anyway = false, run = runTests }: ReviewOptions = {},
): Promise<Assessment> {
  const mine = readTree(course.root).files
  return at.step.phase === 'red'
    ? assessTest(course, at, mine)
    : assessCode(course, at, mine, { before: beginning(course, at.here), anyway, run })
}

/** What the learner had when they came to where they stand: their own version, or the course's. */
function beginning(course: Course, here: Step): State {
  const position = readPosition(course)
  const began = position.kind === 'at' ? position.began : null
  const save = listSaves(course.root).find(({ folder }) => folder === began)
  return save ? readSave(course.root, save) : stateAt(course, here.number)
}
