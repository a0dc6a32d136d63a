import { problemIn, type Problem } from '../../course/problem.ts'
import { textOf } from '../../test-runs/judge.ts'
import { endOf, timeOut } from '../../test-runs/test-results.ts'
import type { Evidence } from '../evidence.ts'

/** Each green says at least one mistake, and each of these is caught by the test of its red. */
export function* checkWrongAnswers({
  course,
  wrongs,
  wrongResults,
}: Pick<Evidence, 'course' | 'wrongs' | 'wrongResults'>): Iterable<Problem> {
  for (const step of course.steps) {
    if (step.phase !== 'green' || step.contract.wrong.length > 0) continue
    const what = 'it has no wrong answer, but every green says which mistake its test catches'
    const fix = 'write under "wrong:" one that a real developer makes: mistake, file, replace, with'
    yield problemIn(step, 'step.yaml', what, fix)
  }
  for (const { name, step, wrong, testFile, test } of wrongs) {
    const missed = missedBy(endOf(wrongResults, `${name}/${testFile}`, test))
    if (missed === null) continue
    const fix = `let the red's test "${test}" ask for more, or take the mistake out if it is none`
    yield problemIn(step, 'step.yaml', `wrong answer "${wrong.mistake}": ${missed}`, fix)
  }
}

/** Why the test did not catch the mistake; null when it did. */
function missedBy(end: ReturnType<typeof endOf>): string | null {
  if (end?.kind === 'amber') return `its test does not fail, it cannot run: ${textOf(end.thrown)}`
  if (end?.kind === 'passed') return 'the test of its red passes all the same'
  if (end?.kind !== 'failed') return 'its test was not run'
  if (end.thrown.name === timeOut) return `its test does not fail, it ${end.thrown.message}`
  return end.thrown.crashed ? `it does not answer wrongly, it crashes: ${textOf(end.thrown)}` : null
}
