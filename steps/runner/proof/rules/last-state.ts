import type { Problem } from '../../course/problem.ts'
import type { Evidence } from '../evidence.ts'

/** The last state is root `src/` and `test/`, byte for byte. */
export function checkLastState({ folds, root }: Pick<Evidence, 'folds' | 'root'>): readonly Problem[] {
  const last = folds.at(-1)
  if (!last || !root) return []
  const paths = [...new Set([...last.after.keys(), ...root.keys()])].toSorted()
  return paths.flatMap((path) => {
    const course = last.after.get(path)
    const mine = root.get(path)
    if (course && mine && course.equals(mine)) return []
    const holder = folds.findLast(({ step }) => step.files.has(path))?.step.folder ?? last.step.folder
    const what = !course
      ? 'no step brings this file'
      : mine
        ? `it differs from the last step (steps/${holder}/${path})`
        : `it is missing; the last step has it (steps/${holder}/${path})`
    return [
      {
        where: path,
        what,
        fix: course
          ? `carry your change into steps/${holder}/${path}, or take the course's: npm run step last`
          : 'bring it with a step, or move it away',
      },
    ]
  })
}
