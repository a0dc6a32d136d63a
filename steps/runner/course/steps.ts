import type { Course, Step } from './read-course.ts'
import { Refusal } from '../system/refusal.ts'

/**
 * The one there is.
 *
 * @throws {Refusal} for a course without steps
 */
export function existing(step: Step | undefined): Step {
  if (step) return step
  throw new Refusal('The course has no steps.', 'Bring them back: git checkout -- steps')
}

/** The step after this one; undefined after the last. */
export const stepAfter = ({ steps }: Course, here: Step): Step | undefined =>
  steps.find(({ number }) => number > here.number)

/** The step whose number was typed; undefined when there is none. */
export const stepNumbered = ({ steps }: Course, typed: string | undefined): Step | undefined =>
  steps.find(({ number }) => String(number) === typed)

/** What a step adds, changes or takes away: paths from the root. */
export const touchedBy = ({ files, contract }: Step): readonly string[] => [
  ...files.keys(),
  ...contract.removes,
]

/** Whether a step is a refactor of tests: it touches `test/` alone. */
export function refactorsTests(step: Step): boolean {
  const touched = touchedBy(step)
  return step.phase === 'refactor' && touched.length > 0 && touched.every((path) => path.startsWith('test/'))
}

/**
 * @param last the greatest number that may come
 * @throws {Refusal} when the first word is not the number of a step
 */
export function numberedStep(
  course: Course,
  words: readonly string[],
  example: string,
  last = course.steps.length,
): Step {
  const step = stepNumbered(course, words[0])
  if (step) return step
  throw new Refusal(
    `Expected the number of a step (1 to ${last}), but ${words[0] === undefined ? 'nothing' : `"${words[0]}"`} came.`,
    `Type, for example: npm run step ${example}`,
  )
}
