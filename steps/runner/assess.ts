import { assessCode } from './assess-code.ts'
import { assessTest } from './assess-test.ts'
import type { Assessment } from './assessment.ts'
import type { Course, Step } from './course.ts'
import { readPosition } from './position.ts'
import { listSaves, readSave } from './saves.ts'
import { stateAt, type State } from './state.ts'
import { readTree } from './tree.ts'

/**
 * Checks what stands in root `src/` and `test/` against the step that the learner is working on. Writes neither.
 *
 * @param anyway whether a refactor may leave `src/` as it is
 */
export function assess(
  course: Course,
  at: { readonly here: Step; readonly step: Step },
  anyway = false,
): Promise<Assessment> {
  const mine = readTree(course.root).files
  return at.step.phase === 'red'
    ? assessTest(course, at, mine)
    : assessCode(course, at, mine, beginning(course, at.here), anyway)
}

/** What the learner had when they came to where they stand: their own version, or the course's. */
function beginning(course: Course, here: Step): State {
  const position = readPosition(course)
  const began = position.kind === 'at' ? position.began : null
  const save = listSaves(course.root).find(({ folder }) => folder === began)
  return save ? readSave(course.root, save) : stateAt(course, here.number)
}
