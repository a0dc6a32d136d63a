import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { problemIn, type Problem } from '../../course/problem.ts'
import type { Fold } from '../../course/state.ts'
import type { Thrown } from '../../test-runs/test-results.ts'
import { blocksOf, type Block } from '../../course/marked-blocks.ts'
import { partsOf } from '../../course/parts.ts'
import type { Course } from '../../course/read-course.ts'
import { words } from '../../terminal/words.ts'
import type { Evidence } from '../evidence.ts'

/** Commands for the reader to type: nothing in them can grow old without a reader noticing. */
const typed = new Set(['sh', 'bash'])

/** Every code, diff and output that a lesson shows is marked, and what its mark says of it is true. */
export function* checkProse({
  course,
  folds,
  failures,
}: Pick<Evidence, 'course' | 'folds' | 'failures'>): Iterable<Problem> {
  const typeable = typeableIn(course)
  for (const { step, after } of folds) {
    const failure = failures.get(step.number) ?? null
    for (const block of blocksOf(step.lesson)) {
      for (const [what, fix] of [...staleIn(block, after, failure), ...unknownIn(block, typeable)]) {
        yield problemIn(step, 'README.md', what, fix)
      }
    }
    for (const [found] of step.lesson.matchAll(/\blines? \d+\b|\.ts:\d+/gi)) {
      const what = `it says "${found}", but lines move with every edit`
      yield problemIn(step, 'README.md', what, 'show the line, or name what is in it')
    }
    for (const [found, part] of step.lesson.matchAll(/\bend of (?:part\s+(\d+)|the\s+course)/gi)) {
      const whole = part ? partsOf(course)[Number(part) - 1]?.chapters.at(-1) : course
      if (whole?.steps.at(-1) === step) continue
      const what = `it says "${found}", but steps come after it`
      yield problemIn(step, 'README.md', what, 'say it in the last step')
    }
  }
}

/** What is wrong with a block, and what to do. */
type Complaint = readonly [what: string, fix: string]

/** What is wrong with a block; nothing when it is true, or when only running a command can tell. */
export function* staleIn(
  { mark, language, text }: Block,
  state: Fold['after'],
  failure: Thrown | null,
): Iterable<Complaint> {
  const shown = `the block "${text.trim().split('\n', 1)[0] ?? ''}"`
  if (mark.kind === 'none' && !typed.has(language)) {
    const fix =
      'write above it <!-- failure -->, <!-- from: src/… --> or <!-- run: npm run step … -->, or why it is <!-- told: … -->'
    yield [`${shown} is not checked`, fix]
  }
  if (mark.kind === 'told' && mark.why === '') {
    yield [`${shown} does not say why it is only told`, 'say it: <!-- told: … -->']
  }
  if (mark.kind === 'from' && !isPieceOf(text, state.get(mark.file)?.toString('utf8') ?? '')) {
    const isThere = state.has(mark.file)
    const fix = isThere
      ? 'copy whole lines from the file as it is now'
      : 'name a file that is there at this step'
    yield [`${shown} is not in ${mark.file} at this step`, fix]
  }
  if (mark.kind !== 'failure') return
  if (!failure) yield [`${shown} is marked as a failure, but the step has none`, 'mark it as what it is']
  else if (!occurs(text, sayingOf(failure))) {
    yield [`${shown} is not what its red says: ${headOf(failure)}`, 'npm run step docs writes it anew']
  }
}

/** The error in the words that `<!-- failure -->` gets when it is written anew. */
export const headOf = ({ name, message }: Thrown): string =>
  `${name}: ${message}`.replace(/ \/\/ Object\.is equality$/, '').trim()

/** All that can be read of a failure in a terminal. */
const sayingOf = ({ name, message, expected, received }: Thrown): string =>
  [`${name}: ${message}`, `Expected: "${expected}"`, `Received: "${received}"`].join('\n')

/** What can be typed: the scripts of package.json, and how many steps there are. */
interface Typeable {
  readonly scripts: ReadonlySet<string>
  readonly steps: number
}

export function typeableIn({ root, steps }: Course): Typeable {
  const file = join(root, 'package.json')
  const { scripts = {} } = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {}
  return { scripts: new Set(Object.keys(scripts)), steps: steps.length }
}

/** Commands in a block for the reader to type that would be refused. */
export function* unknownIn({ language, text }: Block, { scripts, steps }: Typeable): Iterable<Complaint> {
  if (!typed.has(language)) return
  const commands = /\bnpm (?:run +)?(?:--\S+ +)*(?<script>[\w:-]+)(?: +(?<word>[^\s#&|;]+))?/g
  for (const { 0: all, groups: { script = '', word } = {} } of text.matchAll(commands)) {
    const isOurs = all.startsWith('npm run') || script === 'test'
    const isKnown =
      script === 'step' ? isWord(word, steps) : !isOurs || scripts.size === 0 || scripts.has(script)
    if (isKnown) continue
    const fix = 'write a word that npm run step help lists, or a script of package.json'
    yield [`"${all.trim()}" is nothing that can be typed`, fix]
  }
}

/** N and K are any number. */
const isWord = (word: string | undefined, last: number) =>
  word === undefined ||
  /^[A-Z…]/.test(word) ||
  Object.hasOwn(words, word) ||
  (/^\d+$/.test(word) && Number(word) >= 1 && Number(word) <= last)

/**
 * Whether the pieces of a block, which lines with nothing but "…" divide, come in a text in this order.
 *
 * @param find where in the text a piece begins, from a place on; -1 when it does not come.
 */
function inOrder<Made extends { readonly length: number }>(
  block: string,
  text: string,
  make: (text: string) => Made,
  find: (whole: Made, piece: Made, from: number) => number,
): boolean {
  // Nothing is everywhere.
  if (!/\w/.test(block)) return false
  const whole = make(text)
  let from = 0
  return block.split(/^\s*…\s*$/m).every((part) => {
    const piece = make(part)
    const at = find(whole, piece, from)
    from = at + piece.length
    return at !== -1
  })
}

/** As whole lines. Indentation, empty lines and the marks of a diff may differ. */
const isPieceOf = (block: string, text: string) =>
  inOrder(block, text, linesOf, (whole, piece, from) =>
    whole.findIndex(
      (_, index) => index >= from && piece.every((line, offset) => whole[index + offset] === line),
    ),
  )

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

/** As words. Indentation, line breaks, the marks of a diff and port numbers may differ. */
const occurs = (block: string, text: string) => inOrder(block, text, plain, indexOfWords)

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
