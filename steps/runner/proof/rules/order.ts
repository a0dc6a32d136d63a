import { problemIn, type Problem } from '../../course/problem.ts'
import type { Evidence } from '../evidence.ts'

/** Red, green, and a refactor where it pays: nothing else is a cycle. */
export function* checkOrder({ folds }: Pick<Evidence, 'folds'>): Iterable<Problem> {
  for (const [index, { step }] of folds.entries()) {
    const [before, after] = [folds[index - 1]?.step.phase, folds[index + 1]?.step.phase]
    if (step.phase === 'green' && before !== 'red') {
      const fix = 'put the failing test that asks for it before it, or make it a refactor'
      yield problemIn(step, '', `a green without a red: it follows ${named(before)}`, fix)
    }
    if (step.phase === 'refactor' && before !== 'green' && before !== 'refactor') {
      const what = `a refactor has to begin from green, but it follows ${named(before)}`
      yield problemIn(step, '', what, 'put it after the green')
    }
    if (step.phase === 'red' && after !== 'green') {
      const fix = 'put the green that makes its test pass after it'
      yield problemIn(step, '', `a red without a green: ${named(after)} follows`, fix)
    }
  }
}

const named = (phase: string | undefined) => (phase === undefined ? 'nothing' : `a ${phase}`)
