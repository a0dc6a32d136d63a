import { assess } from '../review/review-work.ts'
import { allHeld, sayAssessment } from '../review/review.ts'
import { keepAndArrive } from '../workspace/checkout.ts'
import type { Command } from './command.ts'
import { refactorsTests } from '../course/steps.ts'
import { Refusal } from '../system/refusal.ts'
import { arriveAt, arriveWithTests } from '../workspace/walk-to.ts'
import { workingOn } from '../workspace/working-on.ts'

/**
 * `npm run step next`: goes on with my code. A red brings its failing test and leaves `src/` alone; to a green or a
 * refactor I come when mine is there. `next anyway` leaves a refactor out, when there is nothing to clean up in mine. After a
 * refactor of tests the course's tests are brought, and mine are a save.
 */
export const next: Command = async ({ course, words }) => {
  const at = await workingOn(course)
  const { step } = at
  const anyway = words[0] === 'anyway'
  if (anyway && step.phase !== 'refactor') {
    const what = `Only a refactor can be left out, and step ${step.number} is a ${step.phase}.`
    throw new Refusal(what, 'Type: npm run step next')
  }
  if (step.phase === 'red') return arriveWithTests(course, step)
  const assessment = await assess(course, at, { anyway })
  const all = allHeld(assessment)
  const stay = `You still stand at step ${at.here.number}, and nothing was touched.`
  sayAssessment(step, { ...assessment, next: all ? [] : [stay, ...assessment.next] })
  if (!all) return 1
  // The course's own tests come with every red: from here on they are told as the course tells them.
  return refactorsTests(step)
    ? arriveWithTests(course, step)
    : arriveAt(course, step, keepAndArrive(course, step))
}
