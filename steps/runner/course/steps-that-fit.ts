import { type Fold, foldsOf, ownedPaths, sameFile, type State, testFilesOf } from './state.ts'
import type { Course, Step } from './read-course.ts'
import { readsTheSame, testsIn } from './tests-in.ts'

/** What of the course's tests is not as a step has it. */
export interface Difference {
  /** A file in `test/`. */
  readonly path: string
  /** `foreign`: the step does not have it, another step of the course does. */
  readonly is: 'deleted' | 'changed' | 'foreign'
}

/** Which steps of the course a `test/` can be. */
export interface Fit {
  /** Steps that share these tests (a red, its green, its refactors), in order. Only a course without steps has none. */
  readonly steps: readonly Step[]
  /**
   * Other steps that it can be as well, since only names tell: a test that bears the name of the course's and is not
   * the course's, written by a learner before it came or changed by one afterwards. Only memory knows.
   */
  readonly orSteps: readonly Step[]
  /** Where it differs from these steps; a learner's own tests make no difference. Empty: it fits. */
  readonly differences: readonly Difference[]
}

/**
 * The steps whose tests are those of `state`. Own test files, and own tests in a course's file, do not matter; when no
 * step has these tests, the nearest steps.
 *
 * @param likely where to look first: when it fits, no other step is looked at
 */
export function stepsThatFit(course: Course, state: State, likely: Step | null = null): Fit {
  const folds = foldsOf(course)
  const owned = [...ownedPaths(course, 'test/')]
  const exactly = folds.filter(({ after }) =>
    owned.every((path) => sameFile(after.get(path), state.get(path))),
  )
  if (exactly.length > 0) return { steps: exactly.map(({ step }) => step), orSteps: [], differences: [] }

  const compare = comparing(folds, owned, state)
  const fold = folds.find(({ step }) => step === likely)
  if (fold && fits(compare(fold))) return { steps: alike(fold, folds, owned), orSteps: [], differences: [] }

  const compared = folds.map(compare)
  const least = Math.min(...compared.map(({ distance }) => distance))
  const near = compared.filter(({ distance }) => distance === least)
  const nearest = near.toSorted((one, other) => one.changed - other.changed)[0]
  if (!nearest) return { steps: [], orSteps: [], differences: [] }
  const steps = alike(nearest.fold, folds, owned)
  return {
    steps,
    orSteps: near.map((one) => one.fold.step).filter((step) => !steps.includes(step)),
    differences: fits(nearest) ? [] : differencesFrom(nearest.fold.after, owned, state),
  }
}

const fits = ({ distance, changed }: Compared) => distance === 0 && changed === 0

/** The steps that share this one's tests. */
const alike = ({ after }: Fold, folds: readonly Fold[], owned: readonly string[]) =>
  folds
    .filter((other) => owned.every((path) => sameFile(after.get(path), other.after.get(path))))
    .map(({ step }) => step)

/** How the course's own files in `test/` differ from a step's: byte for byte, but for a learner's own tests in them. */
export function differencesFrom(
  theirs: State,
  owned: readonly string[],
  state: State,
): readonly Difference[] {
  return owned.flatMap((path): readonly Difference[] => {
    const [bytes, mine] = [theirs.get(path), state.get(path)]
    if (sameFile(bytes, mine)) return []
    if (!bytes) return [{ path, is: 'foreign' }]
    if (!mine) return [{ path, is: 'deleted' }]
    return [{ path, is: 'changed' }]
  })
}

/** Such as "test/ttl.test.ts is deleted". */
export function listed(differences: readonly Difference[]): string {
  const words = { deleted: 'is deleted', changed: 'has changed', foreign: 'belongs to another step' }
  const shown = differences.slice(0, 3).map(({ path, is }) => `${path} ${words[is]}`)
  const more = differences.length - shown.length
  return [...shown, ...(more > 0 ? [`${more} more differ`] : [])].join(', ')
}

/**
 * How many tests of other steps weigh as much as one that is missing. Where the course has got another order, a learner
 * has tests of later steps, and their code passes them. One that is missing comes with the next red, and fails beside it.
 */
const MISSING = 10

interface Compared {
  readonly fold: Fold
  /** Tests of the step that are missing, by their weight, and tests of the course that the step does not have. */
  readonly distance: number
  /** Tests and files of the step that are there with another text. */
  readonly changed: number
}

function comparing(folds: readonly Fold[], owned: readonly string[], state: State): (fold: Fold) => Compared {
  const mine = new Map(owned.map((path) => [path, testsIn(state.get(path))]))
  /** Of each file those of its tests that some step of the course has, as they are. */
  const courses = new Map(owned.map((path) => [path, new Set<string>()]))
  for (const { step } of folds) {
    for (const [path, bytes] of step.files) {
      for (const [name, text] of mine.get(path) ?? []) {
        const theirs = testsIn(bytes).get(name)
        if (theirs !== undefined && readsTheSame(theirs, text)) courses.get(path)?.add(name)
      }
    }
  }
  const measure = (path: string, bytes: Buffer | undefined) => {
    if (sameFile(bytes, state.get(path))) return { distance: 0, changed: 0 }
    if (!isTestFile(path)) return { distance: 0, changed: 1 }
    const [theirs, here] = [testsIn(bytes), mine.get(path) ?? new Map<string, string>()]
    const missing = [...theirs.keys()].filter((name) => !here.has(name))
    const foreign = [...(courses.get(path) ?? [])].filter((name) => !theirs.has(name))
    const changed = [...theirs].filter(([name, text]) => !readsTheSame(here.get(name) ?? text, text))
    return { distance: MISSING * missing.length + foreign.length, changed: changed.length }
  }
  const measured = new Map<Buffer | undefined, Map<string, ReturnType<typeof measure>>>()
  return (fold) => {
    let [distance, changed] = [0, 0]
    for (const path of owned) {
      const bytes = fold.after.get(path)
      const known = measured.get(bytes) ?? new Map<string, ReturnType<typeof measure>>()
      measured.set(bytes, known)
      const one = known.get(path) ?? measure(path, bytes)
      known.set(path, one)
      distance += one.distance
      changed += one.changed
    }
    return { fold, distance, changed }
  }
}

const isTestFile = (path: string) => testFilesOf(new Map([[path, Buffer.of()]])).length > 0
