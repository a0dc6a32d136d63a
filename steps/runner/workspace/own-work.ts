import type { Course, Step } from '../course/read-course.ts'
import { ownedPaths, stateAt } from '../course/state.ts'
import { readTree } from '../course/read-tree.ts'
import { differencesFrom, type Difference } from '../course/steps-that-fit.ts'

/**
 * The course's paths at which root `src/` and `test/` differ from the course's own step: what the learner has changed
 * or deleted there. Files of their own are not among them, and what only another step has is no change of theirs.
 */
export function ownWork(course: Course, step: Step): readonly Difference[] {
  const { files } = readTree(course.root)
  return differencesFrom(stateAt(course, step.number), [...ownedPaths(course)], files)
    .filter(({ is }) => is !== 'foreign')
    .toSorted((one, other) => (one.path < other.path ? -1 : 1))
}

/** Such as "you have changed src/index.ts, and deleted test/ttl.test.ts"; null when nothing of it is the learner's. */
export function ownWorkText(work: readonly Difference[]): string | null {
  const of = (is: Difference['is']) => work.filter((one) => one.is === is).map(({ path }) => path)
  const parts = [
    ['changed', of('changed')],
    ['deleted', of('deleted')],
  ] as const
  const said = parts.flatMap(([word, paths]) => (paths.length > 0 ? [`${word} ${paths.join(', ')}`] : []))
  return said.length === 0 ? null : `you have ${said.join(', and ')}`
}
