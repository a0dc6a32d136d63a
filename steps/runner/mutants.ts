import type { Fold } from './fold.ts'
import type { State } from './state.ts'

/** A state with one small change in a line that its step added. */
export interface Mutant {
  /** For people and for the list of equivalents: '029-green-finally src/index.ts: `await use(x)` -> `use(x)`'. */
  readonly name: string
  /** Of the step that added the line. */
  readonly number: number
  readonly state: State
}

type Change = readonly [pattern: RegExp, to: string | ((found: string) => string)]

/** What is changed: comparisons, logic, numbers, conditions, waiting, and whether a statement is there at all. */
const changes: readonly Change[] = [
  [/===/g, '!=='],
  [/!==/g, '==='],
  [/ && /g, ' || '],
  [/ \|\| /g, ' && '],
  [/ \?\? /g, ' && '],
  [/ \?\?= /g, ' = '],
  [/ < /g, ' <= '],
  [/ <= /g, ' < '],
  [/ > /g, ' >= '],
  [/ >= /g, ' > '],
  [/\btrue\b/g, 'false'],
  [/\bfalse\b/g, 'true'],
  [/ \+ /g, ' - '],
  [/ - /g, ' + '],
  [/ \* /g, ' / '],
  [/\bMath\.min\b/g, 'Math.max'],
  [/\bMath\.max\b/g, 'Math.min'],
  [/(?<![\w.$])\d[\d_]*(?![\w.])/g, (found) => String(Number(found.replaceAll('_', '')) + 1)],
  [/(?<=\bif \().*(?=\)(?: \{| return| throw|$))/g, 'true'],
  [/(?<=\bif \().*(?=\)(?: \{| return| throw|$))/g, 'false'],
  [/\bawait /g, ''],
  [/^\s*(?:await |void )?[\w#.?]+(?:\(.*\)| =.*[^,{([=>])$/g, ''],
]

/** Lines that run no code of ours, and loops, which a mutation could make endless. */
const untouched =
  /^\s*(?:\/[/*]|\*|import\b|export (?:type|interface)\b|interface\b|type\b|readonly\b|for \(|while \()/

/** All mutants of the lines that a green or a refactor adds to `src/`. */
export function mutantsOf({ step, before, after }: Fold): readonly Mutant[] {
  if (step.phase === 'red') return []
  return [...step.files].flatMap(([file, bytes]) => {
    const lines = bytes.toString('utf8').split('\n')
    const known = new Set(before.get(file)?.toString('utf8').split('\n'))
    return lines.flatMap((line, place) =>
      known.has(line) || untouched.test(line)
        ? []
        : mutationsOf(line).map((mutated) => ({
            name: `${step.folder} ${file}: \`${line.trim()}\` -> \`${mutated.trim()}\``,
            number: step.number,
            state: new Map(after).set(file, Buffer.from(lines.with(place, mutated).join('\n'))),
          })),
    )
  })
}

/** The line with one change each. */
export function mutationsOf(line: string): readonly string[] {
  return changes.flatMap(([pattern, to]) =>
    [...line.matchAll(pattern)]
      .filter(({ index }) => !inText(line, index))
      .map(({ 0: found, index }) => {
        const now = typeof to === 'string' ? to : to(found)
        return line.slice(0, index) + now + line.slice(index + found.length)
      })
      .filter((mutated) => mutated !== line),
  )
}

/** Whether a place stands within quotes or after a comment's beginning; code within a template counts as text. */
function inText(line: string, index: number): boolean {
  const before = line.slice(0, index)
  return (before.match(/['"`]/g)?.length ?? 0) % 2 === 1 || /(?:^|\s)\/\//.test(before)
}
