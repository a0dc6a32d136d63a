import type { Problem } from '../course/problem.ts'
import { nameOf, type Course, type Step } from '../course/read-course.ts'
import { sameBytes } from '../course/state.ts'
import type { Proof } from '../proof/proof.ts'

/** A step that a change adds, changes or takes away. */
export interface ChangedStep {
  /** Null when the change adds it. */
  readonly before: StepResult | null
  /** Null when the change takes it away. */
  readonly after: StepResult | null
}

/** What the proof said about a step. */
export interface StepResult {
  readonly step: Step
  /** Nothing, when it is as its contract says. */
  readonly problems: readonly Problem[]
}

export interface CourseChange {
  /** How many steps there were and are. */
  readonly before: number
  readonly after: number
  readonly steps: readonly ChangedStep[]
  /** How many steps stand at another number, and are otherwise as they were. */
  readonly renumbered: number
  readonly proof: Proof
}

/** A course and what its proof says. */
export interface ProvenCourse {
  readonly course: Course
  readonly proof: Proof
}

export function courseChange(before: ProvenCourse, after: ProvenCourse): CourseChange {
  const steps: ChangedStep[] = []
  let renumbered = 0
  const pairs = pairsOf(before.course.steps, after.course.steps)
  for (const [was, step] of pairs) {
    if (!was || !step || !sameStep(was, step)) {
      steps.push({
        before: was ? resultOf(was, before.proof) : null,
        after: step ? resultOf(step, after.proof) : null,
      })
    } else if (was.number !== step.number) renumbered += 1
  }
  return {
    before: before.course.steps.length,
    after: after.course.steps.length,
    steps,
    renumbered,
    proof: after.proof,
  }
}

type Pair = readonly [Step | undefined, Step | undefined]

/**
 * Each step with what it was before, in order, then those that are gone. Renumbering leaves a step its name; of two with
 * the same name, the one with the same bytes is meant, else the first that is left.
 */
function pairsOf(before: readonly Step[], after: readonly Step[]): readonly Pair[] {
  const left = new Set(before)
  const take = (fits: (was: Step) => boolean) => {
    const found = [...left].find(fits)
    if (found) left.delete(found)
    return found
  }
  const kept = after.map((step) => take((was) => nameOf(was) === nameOf(step) && sameStep(was, step)))
  const pairs = after.map((step, index): Pair => [
    kept[index] ?? take((was) => nameOf(was) === nameOf(step)),
    step,
  ])
  return [...pairs, ...[...left].map((step): Pair => [step, undefined])]
}

const sameStep = (one: Step, other: Step) =>
  one.lesson === other.lesson &&
  JSON.stringify(one.contract) === JSON.stringify(other.contract) &&
  sameBytes(one.files, other.files)

const resultOf = (step: Step, { problems }: Proof): StepResult => ({
  step,
  problems: problems.filter((problem) => problem.step === step.folder),
})
