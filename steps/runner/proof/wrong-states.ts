import type { Fold, State } from '../course/state.ts'
import type { WrongAnswer } from '../course/read-contract.ts'
import type { Step } from '../course/read-course.ts'

/** A state of which one test is run. */
export interface Trial {
  /** From whose state it was made, or whose tests are tried. */
  readonly step: Step
  /** A folder's name, which begins with that of a step: '029-green-finally.wrong-1'. */
  readonly name: string
  readonly state: State
  readonly testFile: string
  /** Full name. */
  readonly test: string
}

/** A state that a plausible mistake makes of a green's, and the test that has to catch it. */
export interface WrongState extends Trial {
  readonly wrong: WrongAnswer
}

/** The wrong answers of the course. What a contract says wrongly has no state here: the rule of contracts names it. */
export function wrongStatesOf(folds: readonly Fold[]): readonly WrongState[] {
  return folds.flatMap(({ step, after }, index) => {
    const red = folds[index - 1]?.step.contract
    const { file: testFile = '', test = '' } = red?.fails ?? {}
    if (step.phase !== 'green' || !after.has(testFile)) return []
    return step.contract.wrong.flatMap((wrong, place) => {
      const parts = (after.get(wrong.file)?.toString('utf8') ?? '').split(wrong.replace)
      if (parts.length !== 2) return []
      const state = new Map(after).set(wrong.file, Buffer.from(parts.join(wrong.with)))
      return [{ name: `${step.folder}.wrong-${place + 1}`, step, wrong, state, testFile, test }]
    })
  })
}
