import type { Problem } from '../../course/problem.ts'
import type { Step } from '../../course/read-course.ts'
import { sameBytes } from '../../course/state.ts'
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

function reachOf({ phase, files, contract }: Step): Reach {
  if (phase === 'red') return red
  if (phase === 'green') return green
  return isOfTests([...files.keys(), ...contract.removes]) ? refactorOfTests : refactorOfCode
}

/** Whether a refactor with these paths is one of tests. */
const isOfTests = (touched: readonly string[]) =>
  touched.length > 0 && touched.every((path) => path.startsWith('test/'))

/** Which phase may change what, and that every file of a step is a change. */
export function checkReach({ folds }: Pick<Evidence, 'folds'>): readonly Problem[] {
  return folds.flatMap(({ step, before, after }) => {
    const { phase, folder, contract, files } = step
    const where = `steps/${folder}`
    const { own, who, fix } = reachOf(step)
    const touched = [...files.keys(), ...contract.removes]
    const foreign = touched.filter((path) => !path.startsWith(`${own}/`))
    const problems: Problem[] = foreign.map((path) => ({
      where: `${where}/${path}`,
      what: `${who} never touches ${path.split('/', 1)[0]}/`,
      fix,
    }))
    for (const [path, bytes] of files) {
      if (!before.get(path)?.equals(bytes)) continue
      problems.push({
        where: `${where}/${path}`,
        what: 'it is the same as in the step before',
        fix: 'delete it here: a step holds only what it changes',
      })
    }
    for (const path of contract.removes) {
      if (before.has(path) && !files.has(path)) continue
      problems.push({
        where: `${where}/step.yaml`,
        what: before.has(path)
          ? `"removes" names ${path}, which this step also holds`
          : `"removes" names ${path}, which is not there at the step before`,
        fix: `take ${path} out of "removes", or name the file that is meant`,
      })
    }
    const changesOwn = [...new Set([...before.keys(), ...after.keys()])].some(
      (path) => path.startsWith(`${own}/`) && !bytesEqual(before.get(path), after.get(path)),
    )
    if (sameBytes(before, after) || !changesOwn) {
      problems.push({
        where,
        what: `it changes nothing in ${own}/, but a ${phase} has to`,
        fix:
          phase === 'refactor'
            ? 'a forced refactor is worse than none: take the step out'
            : `add its change to ${own}/`,
      })
    }
    return problems
  })
}

const bytesEqual = (one: Buffer | undefined, other: Buffer | undefined) =>
  one === undefined || other === undefined ? one === other : one.equals(other)
