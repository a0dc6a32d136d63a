import { onceEach } from '../system/once-each.ts'
import type { Course, Step } from './read-course.ts'

/** A line of a chapter's test list. */
export interface PlannedTest {
  readonly does: string
  /** Number of the red that brings the test. */
  readonly red: number
  /** Number of the green that makes it pass: from here on it is ticked. Null when the course has none. */
  readonly green: number | null
}

export interface Chapter {
  /** From 1, in order of first appearance. */
  readonly number: number
  readonly slug: string
  /** `url-from-env` reads "url from env". */
  readonly title: string
  readonly steps: readonly Step[]
  readonly tests: readonly PlannedTest[]
}

/** The chapters of the course with their test lists, computed from the steps' contracts. */
export const chaptersOf = onceEach((course: Course): readonly Chapter[] => {
  const slugs = [...new Set(course.steps.map((step) => step.contract.chapter))]
  return slugs.map((slug, index) => {
    const steps = course.steps.filter(({ contract }) => contract.chapter === slug)
    return {
      number: index + 1,
      slug,
      title: slug.replaceAll('-', ' '),
      steps,
      tests: steps.flatMap(({ number, contract }) => {
        if (!contract.fails) return []
        const green = course.steps.find((later) => later.number > number && later.phase === 'green')
        return [{ does: contract.does || contract.fails.test, red: number, green: green?.number ?? null }]
      }),
    }
  })
})
