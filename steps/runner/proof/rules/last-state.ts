import { problemAt, type Problem } from '../../course/problem.ts'
import { differing } from '../../course/state.ts'
import type { Evidence } from '../evidence.ts'

/** The last state is root `src/` and `test/`, byte for byte. */
export function* checkLastState({ folds, root }: Pick<Evidence, 'folds' | 'root'>): Iterable<Problem> {
  const last = folds.at(-1)
  if (!last || !root) return
  for (const path of differing(last.after, root).toSorted()) {
    const holder = folds.findLast(({ step }) => step.files.has(path)) ?? last
    const held = `steps/${holder.step.folder}/${path}`
    const fix = `carry your change into ${held}, or take the course's: npm run step last`
    if (!last.after.has(path))
      yield problemAt(path, 'no step brings this file', 'bring it with a step, or move it away')
    else if (root.has(path)) yield problemAt(path, `it differs from the last step (${held})`, fix)
    else yield problemAt(path, `it is missing; the last step has it (${held})`, fix)
  }
}
