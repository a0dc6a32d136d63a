import { textOf } from './judge.ts'
import { timeOut, type TestResults } from './test-results.ts'

/** Everything in a run that is not green, a few lines each: which test, what was expected, what was received. */
export function failuresOf({ files, strays }: TestResults, most = 3): readonly string[] {
  const unable = new Map<string, string[]>()
  for (const [file, result] of files) {
    if (result.kind !== 'amber') continue
    const why = textOf(result.thrown)
    unable.set(why, [...(unable.get(why) ?? []), file])
  }
  const found = [
    ...Array.from(unable, ([why, [file = '', ...others]]) => [
      `${others.length > 0 ? `${others.length + 1} test files` : file} could not run: ${why}`,
    ]),
    ...[...files.values()].flatMap((result) => {
      if (result.kind === 'amber') return []
      return result.tests.flatMap((test) => {
        if (test.kind === 'passed') return []
        if (test.kind === 'skipped') return [[`"${test.test}" is skipped, and proves nothing`]]
        const { expected, received } = test.thrown
        return [
          [
            `"${test.test}" ${test.thrown.name === timeOut ? '' : 'fails: '}${textOf(test.thrown)}`,
            ...(expected !== null && received !== null
              ? [`  expected ${short(expected)}`, `  received ${short(received)}`]
              : []),
          ],
        ]
      })
    }),
    ...strays.map(({ thrown }) => [`an error that no test caught: ${textOf(thrown)}`]),
  ]
  const more = found.length - most
  return [...found.slice(0, most).flat(), ...(more > 0 ? [`and ${more} more: npm test shows all`] : [])]
}

const short = (text: string) => {
  const line = text.replace(/\s+/g, ' ')
  return line.length > 160 ? `${line.slice(0, 160)} …` : line
}
