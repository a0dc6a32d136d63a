import type { Course, Step } from './course.ts'
import { beside, lights } from './terminal.ts'

/** What to type after this step. */
export function nextCommand(course: Course, here: Step): readonly string[] {
  const next = course.steps.find(({ number }) => number > here.number)
  if (!next) return beside('Next', 'This is the last step. From the beginning: npm run step 1')
  return beside(
    'Next',
    `npm run step next   (step ${next.number}, ${lights[next.phase].word.toLowerCase()}: ${next.contract.title})`,
  )
}
