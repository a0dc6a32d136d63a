import { chaptersOf } from '../../course/chapters.ts'
import type { Problem } from '../../course/problem.ts'
import type { Course } from '../../course/read-course.ts'
import { textOf } from '../../test-runs/judge.ts'
import { timeOut, type FileResult } from '../../test-runs/test-results.ts'
import type { Evidence } from '../evidence.ts'
import type { WrongState } from '../wrong-states.ts'

/** From this chapter on the mistakes are the expensive ones, and every green says at least one of them. */
const FIRST_CHAPTER_WITH_WRONG_GREENS = 5

/** Each wrong green is caught by the test of its red, and each green of the later chapters has one. */
export function checkWrongGreens({
  course,
  wrongs,
  wrongResults,
}: Pick<Evidence, 'course' | 'wrongs' | 'wrongResults'>): readonly Problem[] {
  return [...missing(course), ...wrongs.flatMap((wrong) => check(wrong, wrongResults))]
}

function missing(course: Course): readonly Problem[] {
  const later = chaptersOf(course).filter(({ number }) => number >= FIRST_CHAPTER_WITH_WRONG_GREENS)
  return later.flatMap(({ steps, title }) =>
    steps
      .filter(({ phase, contract }) => phase === 'green' && contract.wrong.length === 0)
      .map(({ folder }) => ({
        where: `steps/${folder}/step.yaml`,
        what: `it has no wrong green, but every green of "${title}" says which mistake its test catches`,
        fix: 'write under "wrong:" one that a real developer makes: mistake, file, replace, with',
      })),
  )
}

function check(
  { name, step, wrong, testFile, test }: WrongState,
  { files }: Evidence['wrongResults'],
): readonly Problem[] {
  const missed = missedBy(files.get(`${name}/${testFile}`), test)
  if (missed === null) return []
  return [
    {
      where: `steps/${step.folder}/step.yaml`,
      what: `wrong green "${wrong.mistake}": ${missed}`,
      fix: `let the red's test "${test}" ask for more, or take the mistake out if it is none`,
    },
  ]
}

/** Why the test did not catch the mistake; null when it did. */
function missedBy(result: FileResult | undefined, test: string): string | null {
  if (result?.kind === 'amber') return `its test does not fail, it cannot run: ${textOf(result.thrown)}`
  const found = result?.tests.find((one) => one.test === test)
  if (found?.kind === 'failed') {
    if (found.thrown.name === timeOut) return `its test does not fail, it ${found.thrown.message}`
    return found.thrown.crashed ? `it does not answer wrongly, it crashes: ${textOf(found.thrown)}` : null
  }
  return found?.kind === 'passed' ? 'the test of its red passes all the same' : 'its test was not run'
}
