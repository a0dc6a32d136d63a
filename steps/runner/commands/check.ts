import { assess } from '../assess.ts'
import { allHeld, sayAssessment } from '../assessment.ts'
import type { Command } from '../command.ts'
import { workingOn } from '../working-on.ts'

/** `npm run step check`: my work against the step I am working on. Then it stops: what comes next is mine to say. */
export const check: Command = async ({ course }) => {
  const at = workingOn(course)
  const assessment = await assess(course, at)
  sayAssessment(at.step, assessment)
  return allHeld(assessment) ? 0 : 1
}
