import type { Problem } from '../course/problem.ts'
import type { WrongAnswer } from '../course/read-contract.ts'
import type { Verdict } from '../test-runs/judge.ts'
import type { Failures } from './evidence.ts'

export interface Proof {
  /** All of them, by step. */
  readonly problems: readonly Problem[]
  /** What was looked at, with counts, for people: when there is no problem, this is what is proven. */
  readonly proven: readonly string[]
  readonly failures: Failures
  /** Number of a step -> what its tests said of it. */
  readonly verdicts: ReadonlyMap<number, Verdict>
  /** Wrong answers -> what the test that caught them said, in a line. */
  readonly caught: ReadonlyMap<WrongAnswer, string>
  /** How many of the test files that were run had been run before, with the same code in everything they load. */
  readonly reused: number
}

/** What to prove. `tests`: contracts and lights. `everything`: coverage, types and lint of each state as well. */
export type Scope = 'tests' | 'everything'
