import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Problem } from '../../course/problem.ts'
import type { Fold } from '../../course/fold.ts'
import type { Thrown } from '../../test-runs/test-results.ts'
import { blocksOf, type Block } from '../../course/marked-blocks.ts'
import type { Course } from '../../course/read-course.ts'
import { words } from '../../terminal/words.ts'
import type { Evidence } from '../evidence.ts'

/** Commands for the reader to type: nothing in them can grow old without a reader noticing. */
const typed = new Set(['sh', 'bash'])

/** Every code, diff and output that a lesson shows is marked, and what its mark says of it is true. */
export function checkProse({
  course,
  folds,
  failures,
}: Pick<Evidence, 'course' | 'folds' | 'failures'>): readonly Problem[] {
  const scripts = scriptsOf(course)
  return folds.flatMap(({ step, after }) => {
    const where = `steps/${step.folder}/README.md`
    const failure = failures.get(step.number) ?? null
    return [
      ...blocksOf(step.lesson).flatMap((block) => {
        const found = staleIn(block, after, failure)
        return found === null ? [] : [{ where, ...found }]
      }),
      ...blocksOf(step.lesson).flatMap((block) => unknownIn(block, where, { course, scripts })),
      ...lineNumbersIn(step.lesson).map((what) => ({
        where,
        what,
        fix: 'show the line, or name what is in it',
      })),
    ]
  })
}

type Stale = Pick<Problem, 'what' | 'fix'>

/** What is wrong with a block; null when it is true, or when only running a command can tell. */
export function staleIn(
  { mark, language, text }: Block,
  state: Fold['after'],
  failure: Thrown | null,
): Stale | null {
  const shown = `"${text.trim().split('\n', 1)[0] ?? ''}"`
  if (mark.kind === 'none' && !typed.has(language)) {
    return {
      what: `the block ${shown} is not checked`,
      fix: 'write above it <!-- failure -->, <!-- from: src/… --> or <!-- run: npm run step … -->, or why it is <!-- told: … -->',
    }
  }
  if (mark.kind === 'told' && mark.why === '') {
    return { what: `the block ${shown} does not say why it is only told`, fix: 'say it: <!-- told: … -->' }
  }
  if (mark.kind === 'from' && !isPieceOf(text, state.get(mark.file)?.toString('utf8') ?? '')) {
    return {
      what: `the block ${shown} is not in ${mark.file} at this step`,
      fix: state.has(mark.file)
        ? 'copy whole lines from the file as it is now'
        : 'name a file that is there at this step',
    }
  }
  if (mark.kind === 'failure' && !(failure && occurs(text, sayingOf(failure)))) {
    return {
      what: failure
        ? `the block ${shown} is not what its red says: ${headOf(failure)}`
        : `the block ${shown} is marked as a failure, but the step has none`,
      fix: failure ? 'npm run step docs writes it anew' : 'mark it as what it is',
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

/** What can be typed that is ours: the scripts of package.json, by name. */
export function scriptsOf({ root }: Pick<Course, 'root'>): ReadonlySet<string> {
  const file = join(root, 'package.json')
  const { scripts = {} } = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {}
  return new Set(Object.keys(scripts))
}

/** Commands in a block for the reader to type that would be refused. */
export function unknownIn(
  { language, text }: Block,
  where: string,
  { course, scripts }: { readonly course: Pick<Course, 'steps'>; readonly scripts: ReadonlySet<string> },
): readonly Problem[] {
  if (!typed.has(language)) return []
  return [
    ...text.matchAll(/\bnpm (?:run +)?(?:--\S+ +)*(?<script>[\w:-]+)(?: +(?<word>[^\s#&|;]+))?/g),
  ].flatMap(({ 0: all, groups = {} }) => {
    const { script = '', word } = groups
    const isOurs = all.startsWith('npm run') || script === 'test'
    const known =
      script === 'step'
        ? isWord(word, course.steps.length)
        : !isOurs || scripts.size === 0 || scripts.has(script)
    return known
      ? []
      : [
          {
            where,
            what: `"${all.trim()}" is nothing that can be typed`,
            fix: 'write a word that npm run step help lists, or a script of package.json',
          },
        ]
  })
}

/** N and K stand for a number. */
const isWord = (word: string | undefined, last: number) =>
  word === undefined ||
  /^[A-Z…]/.test(word) ||
  Object.hasOwn(words, word) ||
  (/^\d+$/.test(word) && Number(word) >= 1 && Number(word) <= last)

/**
 * Whether the pieces of a block, which lines with nothing but "…" divide, are whole lines of a text, in this order.
 * Indentation, empty lines and the marks of a diff may differ.
 */
function isPieceOf(block: string, text: string): boolean {
  const whole = linesOf(text)
  if (!/\w/.test(block)) return false
  let from = 0
  for (const piece of block.split(/^\s*…\s*$/m).map(linesOf)) {
    const at = whole.findIndex(
      (_, index) => index >= from && piece.every((line, offset) => whole[index + offset] === line),
    )
    if (at === -1) return false
    from = at + piece.length
  }
  return true
}

const linesOf = (text: string) =>
  text
    .split('\n')
    .map((line) =>
      line
        .replace(/^\s*[+-] +/, '')
        .replaceAll(/\s+/g, ' ')
        .trim(),
    )
    .filter((line) => line !== '')

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

const isLetter = (character: string | undefined) => character !== undefined && /\w/.test(character)

/** Not in the middle of a word: "2" is not in "20". */
function indexOfWords(whole: string, piece: string, from: number): number {
  for (let at = whole.indexOf(piece, from); at !== -1; at = whole.indexOf(piece, at + 1)) {
    const end = at + piece.length
    const cut = isLetter(piece[0]) && isLetter(whole[at - 1])
    if (!cut && !(isLetter(piece.at(-1)) && isLetter(whole[end]))) return at
  }
  return -1
}

function lineNumbersIn(lesson: string): readonly string[] {
  return [...lesson.matchAll(/\blines? \d+\b|\.ts:\d+/gi)].map(
    ([found]) => `it says "${found}", but lines move with every edit`,
  )
}
