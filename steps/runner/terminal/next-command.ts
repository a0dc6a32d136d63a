import type { Course, Phase, Step } from '../course/read-course.ts'
import { stepAfter } from '../course/steps.ts'
import { beside, lights } from './print.ts'

/** What the learner can do before they go on. */
const yours = {
  red: 'Write its test yourself, if you like',
  green: 'Your turn: make it pass in src/',
  refactor: 'Your turn: clean up in src/',
} as const satisfies Record<Phase, string>

/** What to type after this step. */
export function nextCommand(course: Course, here: Step): readonly string[] {
  const next = stepAfter(course, here)
  if (!next) return beside('Next', 'This is the last step. From the beginning: npm run step 1')
  return [
    ...beside(
      'Next',
      `npm run step next   (step ${next.number}, ${lights[next.phase].word.toLowerCase()}${next.phase === 'green' ? '' : `: ${next.title}`})`,
    ),
    ...beside('', `${yours[next.phase]}: npm run step check · hint · solve`),
  ]
}
