import type { Course, Step } from './read-course.ts'
import { Refusal } from '../system/refusal.ts'

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
  const step = course.steps.find(({ number }) => String(number) === words[0])
  if (step) return step
  throw new Refusal(
    `Expected the number of a step (1 to ${last}), but ${words[0] === undefined ? 'nothing' : `"${words[0]}"`} came.`,
    `Type, for example: npm run step ${example}`,
  )
}
