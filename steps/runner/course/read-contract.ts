import { isOneLine } from './one-line.ts'
import type { Problem } from './problem.ts'
import { createRequire } from 'node:module'
import type * as Yaml from 'js-yaml'
import { isMapping } from '../system/read-json.ts'
import { reasonOf } from '../system/refusal.ts'

/** The one failure that a red announces. */
export interface DeclaredFailure {
  /** Where that test is, from the root. By default `test/<chapter>.test.ts`. */
  readonly file: string
  /** Full name of the test: describe blocks and test name, joined with ' > '. */
  readonly test: string
  /** Constructor name of the error: AssertionError, TypeError, Error, … */
  readonly error: string
  /** A piece of the error's message. */
  readonly message: string
}

/** A mistake that a real developer makes at this green, and that the test of its red has to catch. */
export interface WrongAnswer {
  /** The mistake in a few words: 'remembers a rejection'. */
  readonly mistake: string
  /** The file of this state that holds it: 'src/manager.ts'. */
  readonly file: string
  /** The one place to change. */
  readonly replace: string
  readonly with: string
}

/** Something that a red changes of tests that were there before. */
export interface TestChange {
  /** The title of a test, or the name of what tests share: 'afterEach()', 'listen'. */
  readonly what: string
  readonly why: string
}

/** What a step's `step.yaml` promises. */
export interface Contract {
  /** A slug. Chapter `ttl` has its tests in `test/ttl.test.ts`, unless a red says otherwise. */
  readonly chapter: string
  /** Reds only, else empty: the behaviour that they ask for, in one plain line. */
  readonly does: string
  /** Present in reds, absent elsewhere. */
  readonly fails?: DeclaredFailure
  /** Reds only: what they change of tests that were there before. */
  readonly changes: readonly TestChange[]
  /** Files of the state before that this step deletes. */
  readonly removes: readonly string[]
  /** From the gentlest nudge to the answer. */
  readonly hints: readonly string[]
  /** Greens only. */
  readonly wrong: readonly WrongAnswer[]
}

export interface ReadContract {
  readonly contract: Contract
  readonly problems: readonly Omit<Problem, 'step'>[]
}

const known = new Set(['chapter', 'does', 'fails', 'changes', 'removes', 'hints', 'wrong'])

/**
 * Reads a `step.yaml`. Never throws: what cannot be read is empty in the contract and named in `problems`, so that all
 * that is wrong with a course can be said at once.
 *
 * @param parse another way to the names and values of the text
 */
export function readContract(text: string, where: string, parse = namesIn): ReadContract {
  const problems: Omit<Problem, 'step'>[] = []
  const complain = (what: string, fix: string) => problems.push({ where, what, fix })
  const names = parse(text, complain)
  // When it cannot be read at all, one complaint is enough.
  return { contract: names ? contractFrom(names, complain) : nothing, problems }
}

// Loaded when first needed: on most runs every contract is remembered.
const yaml = () => createRequire(import.meta.url)('js-yaml') as typeof Yaml

const nothing: Contract = { chapter: '', does: '', changes: [], removes: [], hints: [], wrong: [] }

type Complain = (what: string, fix: string) => void
type Names = Readonly<Record<string, unknown>>

export function namesIn(text: string, complain: Complain): Names | null {
  try {
    // Every scalar stays text: a test may be called 404.
    const { load, FAILSAFE_SCHEMA } = yaml()
    const read = load(text, { schema: FAILSAFE_SCHEMA })
    if (isMapping(read)) return read
    complain('it is not a list of names and values', 'write lines "name: value": chapter, hints, and so on')
  } catch (error) {
    const [reason = ''] = reasonOf(error).split('\n', 1)
    complain(
      `it is not YAML: ${reason}`,
      'write lines "name: value"; a value with marks of YAML in it goes into quotes',
    )
  }
  return null
}

function contractFrom(names: Names, complain: Complain): Contract {
  for (const name of Object.keys(names)) {
    if (known.has(name)) continue
    complain(`"${name}" is not part of a contract`, `use one of ${[...known].join(', ')}, or delete it`)
  }
  const chapter = lineOf(names['chapter'], 'chapter', complain)
  return {
    chapter,
    does: 'does' in names ? lineOf(names['does'], 'does', complain) : '',
    ...('fails' in names && { fails: failureFrom(names['fails'], chapter, complain) }),
    changes: changesFrom(names['changes'] ?? [], complain),
    removes: texts(names['removes'] ?? [], 'removes', complain),
    hints: texts(names['hints'] ?? [], 'hints', complain),
    wrong: wrongAnswers(names['wrong'] ?? [], complain),
  }
}

function failureFrom(value: unknown, chapter: string, complain: Complain): DeclaredFailure {
  const fails = isMapping(value) ? value : {}
  return {
    file: 'file' in fails ? lineOf(fails['file'], 'fails: file', complain) : `test/${chapter}.test.ts`,
    test: lineOf(fails['test'], 'fails: test', complain),
    error: lineOf(fails['error'], 'fails: error', complain),
    message: pieceOfText(fails['message'], 'fails: message', complain),
  }
}

function changesFrom(value: unknown, complain: Complain): readonly TestChange[] {
  if (!Array.isArray(value)) complain('"changes" is not a list', 'write under it "  - what: …" with why')
  return mappingsIn(value).map(({ what, why }) => ({
    what: lineOf(what, 'changes: what', complain),
    why: lineOf(why, 'changes: why', complain),
  }))
}

function wrongAnswers(value: unknown, complain: Complain): readonly WrongAnswer[] {
  const fix = 'write under it "  - mistake: …" with file, replace and with'
  if (!Array.isArray(value)) complain('"wrong" is not a list', fix)
  return mappingsIn(value).map(({ mistake, file, replace, with: replacement }) => ({
    mistake: lineOf(mistake, 'wrong: mistake', complain),
    file: lineOf(file, 'wrong: file', complain),
    replace: pieceOfText(replace, 'wrong: replace', complain),
    // Empty takes the place away.
    with: typeof replacement === 'string' ? replacement.trim() : '',
  }))
}

const mappingsIn = (value: unknown): readonly Names[] =>
  Array.isArray(value) ? value.map((each: unknown) => (isMapping(each) ? each : {})) : []

/** What is shown within a line, and so is one. */
function lineOf(value: unknown, name: string, complain: Complain): string {
  const text = pieceOfText(value, name, complain)
  if (!isOneLine(text)) {
    complain(`"${name}" is more than one line, or holds control characters`, 'write it as one plain line')
  }
  return text
}

function pieceOfText(value: unknown, name: string, complain: Complain): string {
  if (isText(value)) return value.trim()
  complain(`"${name}" is missing or is not a piece of text`, `write a line "${name.split(': ').at(-1)}: …"`)
  return ''
}

function texts(value: unknown, name: string, complain: Complain): readonly string[] {
  if (value === '') return []
  if (Array.isArray(value) && value.every(isText)) return value.map((text) => text.trim())
  complain(`"${name}" is not a list of texts`, `write a line "${name}:" and under it lines "  - …"`)
  return []
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value.trim() !== ''
}
