import { problemIn, type Problem } from '../../course/problem.ts'
import { textOf } from '../../test-runs/judge.ts'
import { endOf } from '../../test-runs/test-results.ts'
import type { Evidence } from '../evidence.ts'
import type { Trial } from '../wrong-states.ts'

/** A test that is told anew passes on the right answer of its own cycle, and fails on the wrong ones, as it did. */
export function* checkRetold({
  retold,
  wrongResults,
}: Pick<Evidence, 'retold' | 'wrongResults'>): Iterable<Problem> {
  const ended = ({ name, testFile, test }: Trial) => endOf(wrongResults, `${name}/${testFile}`, test)
  for (const { by, green, right, before, wrongs } of retold) {
    const now = ended(right)
    const again = (what: string) => `"${right.test}" is told anew, and does not ${what} any more`
    if (now?.kind !== 'passed') {
      if (ended(before)?.kind !== 'passed') continue
      const why = now && 'thrown' in now ? `: ${textOf(now.thrown)}` : ''
      const what = `${again(`pass on the answer of step ${green.number}`)}${why}`
      const fix = 'let it ask for what it asked for; what is new in it wants a test of its own'
      yield problemIn(by, right.testFile, what, fix)
      continue
    }
    for (const { wrong, trial } of wrongs) {
      if (ended(trial)?.kind !== 'passed') continue
      const what = again(`catch the wrong answer "${wrong.mistake}" of step ${green.number}`)
      yield problemIn(by, right.testFile, what, 'let it ask for what it asked for')
    }
  }
}
