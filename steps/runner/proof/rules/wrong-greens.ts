import { chaptersOf } from '../../course/chapters.ts'
import type { WrongGreen } from '../../course/read-contract.ts'
import type { Problem } from '../../course/problem.ts'
import type { Course, Step } from '../../course/read-course.ts'
import type { Fold } from '../../course/fold.ts'
import { textOf } from '../../test-runs/judge.ts'
import type { FileLight, Lights } from '../../test-runs/test-results.ts'
import type { State } from '../../course/state.ts'

/** From this chapter on the mistakes are the expensive ones, and every green says at least one of them. */
const FIRST_CHAPTER_WITH_WRONG_GREENS = 5

/** A state that a plausible mistake makes of a green's, and the test that has to catch it. */
export interface WrongState {
  /** A folder's name: '029-green-finally.wrong-1'. */
  readonly name: string
  readonly step: Step
  readonly wrong: WrongGreen
  readonly state: State
  readonly testFile: string
  /** Full name. */
  readonly test: string
}

/** The wrong greens of the course. What a contract says wrongly has no state here: the rule of contracts names it. */
export function wrongStatesOf(folds: readonly Fold[]): readonly WrongState[] {
  return folds.flatMap(({ step, after }, index) => {
    const red = folds[index - 1]?.step.contract
    const { file: testFile = '', test = '' } = red?.fails ?? {}
    if (step.phase !== 'green' || !after.has(testFile)) return []
    return step.contract.wrong.flatMap((wrong, place) => {
      const parts = (after.get(wrong.file)?.toString('utf8') ?? '').split(wrong.replace)
      if (parts.length !== 2) return []
      const state = new Map(after).set(wrong.file, Buffer.from(parts.join(wrong.with)))
      return [{ name: `${step.folder}.wrong-${place + 1}`, step, wrong, state, testFile, test }]
    })
  })
}

/** Each wrong green is caught by the test of its red, and each green of the later chapters has one. */
export function checkWrongGreens(
  course: Course,
  wrongs: readonly WrongState[],
  lights: Lights,
): readonly Problem[] {
  return [...missing(course), ...wrongs.flatMap((wrong) => check(wrong, lights))]
}

function missing(course: Course): readonly Problem[] {
  const later = chaptersOf(course).filter(({ number }) => number >= FIRST_CHAPTER_WITH_WRONG_GREENS)
  return later.flatMap(({ steps, title }) =>
    steps
      .filter(({ phase, contract }) => phase === 'green' && contract.wrong.length === 0)
      .map(({ folder }) => ({
        where: `steps/${folder}/README.md`,
        what: `it has no wrong green, but every green of "${title}" says which mistake its test catches`,
        mend: 'write under "wrong:" one that a real developer makes: mistake, file, replace, with',
      })),
  )
}

function check({ name, step, wrong, testFile, test }: WrongState, { files }: Lights): readonly Problem[] {
  const missed = missedBy(files.get(`${name}/${testFile}`), test)
  if (missed === null) return []
  return [
    {
      where: `steps/${step.folder}/README.md`,
      what: `wrong green "${wrong.mistake}": ${missed}`,
      mend: `let the red's test "${test}" ask for more, or take the mistake out if it is none`,
    },
  ]
}

/** Why the test did not catch the mistake; null when it did. */
function missedBy(light: FileLight | undefined, test: string): string | null {
  if (light?.kind === 'amber') return `its test does not fail, it cannot run: ${textOf(light.thrown)}`
  const found = light?.tests.find((one) => one.test === test)
  if (found?.kind === 'failed') return null
  return found?.kind === 'passed' ? 'the test of its red passes all the same' : 'its test was not run'
}
