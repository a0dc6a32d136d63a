import type { Problem } from '../../course/problem.ts'
import type { Fold } from '../../course/fold.ts'
import type { Thrown } from '../../test-runs/test-results.ts'
import { blocksOf, type Block } from '../../course/marked-blocks.ts'
import type { Evidence } from '../evidence.ts'

/** Commands for the reader to type: nothing in them can grow old without a reader noticing. */
const typed = new Set(['sh', 'bash'])

/** Every code, diff and output that a lesson shows is marked, and what its mark says of it is true. */
export function checkProse({ folds, failures }: Pick<Evidence, 'folds' | 'failures'>): readonly Problem[] {
  return folds.flatMap(({ step, after }) => {
    const where = `steps/${step.folder}/README.md`
    const failure = failures.get(step.number) ?? null
    return [
      ...blocksOf(step.lesson).flatMap((block) => {
        const found = staleIn(block, after, failure)
        return found === null ? [] : [{ where, ...found }]
      }),
      ...lineNumbersIn(step.lesson).map((what) => ({
        where,
        what,
        mend: 'show the line, or name what is in it',
      })),
    ]
  })
}

type Stale = Pick<Problem, 'what' | 'mend'>

/** What is wrong with a block; null when it is true, or when only running a command can tell. */
export function staleIn(
  { mark, language, text }: Block,
  state: Fold['after'],
  failure: Thrown | null,
): Stale | null {
  const shown = `"${text.trim().split('\n', 1)[0] ?? ''}"`
  if (mark.kind === 'none' && !typed.has(language)) {
    return {
      what: `nobody checks the block ${shown}`,
      mend: 'write above it <!-- failure -->, <!-- from: src/… --> or <!-- run: npm run step … -->, or why it is <!-- told: … -->',
    }
  }
  if (mark.kind === 'told' && mark.why === '') {
    return { what: `nobody knows why the block ${shown} is only told`, mend: 'say it: <!-- told: … -->' }
  }
  if (mark.kind === 'from' && !occurs(text, state.get(mark.file)?.toString('utf8') ?? '')) {
    return {
      what: `the block ${shown} is not in ${mark.file} at this step`,
      mend: state.has(mark.file)
        ? 'copy the code from the file as it is now'
        : 'name a file that is there at this step',
    }
  }
  if (mark.kind === 'failure' && !(failure && occurs(text, sayingOf(failure)))) {
    return {
      what: failure
        ? `the block ${shown} is not what its red says: ${headOf(failure)}`
        : `the block ${shown} is marked as a failure, but the step has none`,
      mend: failure ? 'npm run step docs writes it anew' : 'mark it as what it is',
    }
  }
  return null
}

/** The error in the words that `<!-- failure -->` gets when it is written anew. */
export const headOf = ({ name, message }: Thrown): string =>
  `${name}: ${message}`.replace(/ \/\/ Object\.is equality$/, '').trim()

/** All that can be read of a failure in a terminal. */
const sayingOf = ({ name, message, expected, received }: Thrown): string =>
  [`${name}: ${message}`, `Expected: "${expected}"`, `Received: "${received}"`].join('\n')

/**
 * Whether the pieces of a block, which lines with nothing but "…" divide, stand in the text in this order. Indentation,
 * line breaks, the marks of a diff and port numbers may differ.
 */
function occurs(block: string, text: string): boolean {
  const whole = plain(text)
  // Nothing stands everywhere.
  if (!/\w/.test(block)) return false
  let from = 0
  for (const piece of block.split(/^\s*…\s*$/m).map(plain)) {
    const at = indexOfWords(whole, piece, from)
    if (at === -1) return false
    from = at + piece.length
  }
  return true
}

const plain = (text: string) =>
  text
    .replace(/^[+-] +/gm, '')
    .replaceAll(/(?<![\w.])\+0\b/g, '0') // Two ways of printing the same zero.
    .replace(/(?<=127\.0\.0\.1:)\d+/g, 'port')
    .replace(/\s+/g, ' ')
    .trim()

const isWord = (character: string | undefined) => character !== undefined && /\w/.test(character)

/** Not in the middle of a word: "2" is not in "20". */
function indexOfWords(whole: string, piece: string, from: number): number {
  for (let at = whole.indexOf(piece, from); at !== -1; at = whole.indexOf(piece, at + 1)) {
    const end = at + piece.length
    const cut = isWord(piece[0]) && isWord(whole[at - 1])
    if (!cut && !(isWord(piece.at(-1)) && isWord(whole[end]))) return at
  }
  return -1
}

function lineNumbersIn(lesson: string): readonly string[] {
  return [...lesson.matchAll(/\blines? \d+\b|\.ts:\d+/gi)].map(
    ([found]) => `it says "${found}", but lines move with every edit`,
  )
}
