import { assess } from '../review/review-work.ts'
import { ownTestNames } from '../review/review-test.ts'
import { allHeld, sayAssessment } from '../review/review.ts'
import type { Command } from './command.ts'
import type { Course, Step } from '../course/read-course.ts'
import { askPrediction, sayPrediction, type Ending } from '../review/prediction.ts'
import { readTree } from '../course/read-tree.ts'
import { workingOn } from '../workspace/working-on.ts'

/** `npm run step check`: my work against the step I am working on. Then it stops: what comes next is mine to say. */
export const check: Command = async ({ course }) => {
  const at = await workingOn(course)
  const predicted = at.step.phase === 'red' ? await predictionFor(course, at.here) : null
  const assessment = await assess(course, at)
  if (predicted && assessment.ending) sayPrediction(predicted, assessment.ending)
  sayAssessment(at.step, assessment)
  return allHeld(assessment) ? 0 : 1
}

/** What the learner says of their new test before it is run; null when they have none, or do not say. */
function predictionFor(course: Course, here: Step): Promise<Ending | null> | null {
  const names = ownTestNames(course, here, readTree(course.root).files)
  // Nothing new by name, nothing to predict.
  return names?.length ? askPrediction(names.length === 1 ? (names[0] ?? null) : null) : null
}
