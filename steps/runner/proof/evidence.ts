import type { Problem } from '../course/problem.ts'
import type { Course, Step } from '../course/read-course.ts'
import type { Fold, State } from '../course/state.ts'
import type { TestResults, Thrown } from '../test-runs/test-results.ts'
import type { LintError } from '../test-runs/lint-states.ts'
import type { TypeCheckError } from '../test-runs/type-errors.ts'
import type { Uncovered } from '../test-runs/uncovered.ts'
import type { Retold } from './retold-states.ts'
import type { WrongState } from './wrong-states.ts'

/** A step with the results of its state. */
export interface TestedStep {
  readonly step: Step
  readonly results: TestResults
}

/** Number of a step -> the failure that its lesson may show: a red's own, a green's of the red before it. */
export type Failures = ReadonlyMap<number, Thrown>

/** What there is to judge: the course, and what its states showed when they were run and looked at. */
export interface Evidence {
  readonly course: Course
  readonly folds: readonly Fold[]
  /** In the order of the folds. */
  readonly tested: readonly TestedStep[]
  readonly failures: Failures
  /** Errors that no test caught, and that came up in an unknown place. */
  readonly strays: readonly Thrown[]
  /** Name of a green's or refactor's state -> what its tests left behind. */
  readonly leftovers: ReadonlyMap<string, readonly string[]>
  readonly wrongs: readonly WrongState[]
  /** Tests that a step tells anew. */
  readonly retold: readonly Retold[]
  /** Of all wrong answers and of what was tried with tests told anew, by `<state>/<test file>`. */
  readonly wrongResults: TestResults
  /** `<state>/<path>` -> what no test of the state ran. */
  readonly uncovered: ReadonlyMap<string, readonly Uncovered[]>
  readonly types: readonly TypeCheckError[]
  readonly lint: readonly LintError[]
  /** What is in root `src/` and `test/`; null where that is not to be the last step. */
  readonly root: State | null
}

/** One rule of the course: everything that breaks it. */
export type Rule = (evidence: Evidence) => Iterable<Problem>
