import type { Problem } from '../contract.ts'
import type { Course, Step } from '../course.ts'
import { sameBytes } from '../state.ts'
import type { Proof } from '../verify.ts'

/** A step that a change adds, changes or takes away. */
export interface ChangedStep {
  /** Null when the change adds it. */
  readonly before: Light | null
  /** Null when the change takes it away. */
  readonly after: Light | null
}

/** What the proof said about a step. */
export interface Light {
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
  const old = new Map(before.course.steps.map((step) => [nameOf(step), step]))
  for (const step of after.course.steps) {
    const was = old.get(nameOf(step))
    old.delete(nameOf(step))
    if (!was || !sameStep(was, step)) {
      steps.push({ before: was ? lightOf(was, before.proof) : null, after: lightOf(step, after.proof) })
    } else if (was.number !== step.number) renumbered += 1
  }
  for (const step of old.values()) steps.push({ before: lightOf(step, before.proof), after: null })
  return {
    before: before.course.steps.length,
    after: after.course.steps.length,
    steps,
    renumbered,
    proof: after.proof,
  }
}

/** A step keeps its name when the course is renumbered. */
const nameOf = ({ phase, slug }: Step) => `${phase}-${slug}`

const sameStep = (one: Step, other: Step) =>
  one.lesson === other.lesson &&
  JSON.stringify(one.contract) === JSON.stringify(other.contract) &&
  sameBytes(one.files, other.files)

function lightOf(step: Step, { problems }: Proof): Light {
  const folder = `steps/${step.folder}`
  return {
    step,
    problems: problems.filter(({ where }) => where === folder || where.startsWith(`${folder}/`)),
  }
}
