import type { Problem } from '../../course/problem.ts'
import { textOf } from '../../test-runs/judge.ts'
import type { Evidence } from '../evidence.ts'
import type { Trial } from '../wrong-states.ts'

/** A test that is told anew passes on the right answer of its own cycle, and fails on the wrong ones, as it did. */
export function checkRetold({
  retold,
  wrongResults: { files },
}: Pick<Evidence, 'retold' | 'wrongResults'>): readonly Problem[] {
  const ended = ({ name, testFile, test }: Trial) => {
    const result = files.get(`${name}/${testFile}`)
    if (result?.kind === 'amber') return { kind: 'amber', thrown: result.thrown } as const
    return result?.tests.find((one) => one.test === test) ?? null
  }
  return retold.flatMap(({ by, green, right, before, wrongs }) => {
    const where = `steps/${by.folder}/${right.testFile}`
    const now = ended(right)
    if (now?.kind !== 'passed') {
      if (ended(before)?.kind !== 'passed') return []
      const why = now && 'thrown' in now ? `: ${textOf(now.thrown)}` : ''
      return [
        {
          where,
          what: `"${right.test}" is told anew, and does not pass on the answer of step ${green.number} any more${why}`,
          fix: 'let it ask for what it asked for; what is new in it wants a test of its own',
        },
      ]
    }
    return wrongs
      .filter(({ trial }) => ended(trial)?.kind === 'passed')
      .map(({ wrong }) => ({
        where,
        what: `"${right.test}" is told anew, and does not catch the wrong green "${wrong.mistake}" of step ${green.number} any more`,
        fix: 'let it ask for what it asked for',
      }))
  })
}
