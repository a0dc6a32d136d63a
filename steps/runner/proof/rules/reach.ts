import { problemIn, type Problem } from '../../course/problem.ts'
import type { Step } from '../../course/read-course.ts'
import { differing } from '../../course/state.ts'
import { refactorsTests, touchedBy } from '../../course/steps.ts'
import type { Evidence } from '../evidence.ts'

interface Reach {
  readonly own: 'src' | 'test'
  /** Such as "a green". */
  readonly who: string
  readonly fix: string
}

const red: Reach = {
  own: 'test',
  who: 'a red',
  fix: 'leave the code to the green: a red only writes a test',
}
const green: Reach = {
  own: 'src',
  who: 'a green',
  fix: 'put the change of the test into the red before it, or into a red of its own',
}
const refactorOfCode: Reach = {
  own: 'src',
  who: 'a refactor of src/',
  fix: 'leave the tests alone: they hold while the structure changes; they may have a refactor of their own',
}
const refactorOfTests: Reach = { own: 'test', who: 'a refactor of test/', fix: 'leave the code alone' }

function reachOf(step: Step): Reach {
  if (step.phase === 'red') return red
  if (step.phase === 'green') return green
  return refactorsTests(step) ? refactorOfTests : refactorOfCode
}

/** Which phase may change what, and that every file of a step is a change. */
export function* checkReach({ folds }: Pick<Evidence, 'folds'>): Iterable<Problem> {
  for (const { step, before, after } of folds) {
    const { phase, contract, files } = step
    const { own, who, fix } = reachOf(step)
    for (const path of touchedBy(step)) {
      if (path.startsWith(`${own}/`)) continue
      yield problemIn(step, path, `${who} never touches ${path.split('/', 1)[0]}/`, fix)
    }
    for (const [path, bytes] of files) {
      if (!before.get(path)?.equals(bytes)) continue
      const what = 'it is the same as in the step before'
      yield problemIn(step, path, what, 'delete it here: a step holds only what it changes')
    }
    for (const path of contract.removes) {
      if (before.has(path) && !files.has(path)) continue
      const why = before.has(path) ? 'which this step also holds' : 'which is not there at the step before'
      const remedy = `take ${path} out of "removes", or name the file that is meant`
      yield problemIn(step, 'step.yaml', `"removes" names ${path}, ${why}`, remedy)
    }
    if (!differing(before, after).some((path) => path.startsWith(`${own}/`))) {
      const idle = 'a forced refactor is worse than none: take the step out'
      const advice = phase === 'refactor' ? idle : `add its change to ${own}/`
      yield problemIn(step, '', `it changes nothing in ${own}/, but a ${phase} has to`, advice)
    }
  }
}
