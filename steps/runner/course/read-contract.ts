import type { Problem } from './problem.ts'
import { createRequire } from 'node:module'
import type * as Yaml from 'js-yaml'

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
export interface WrongGreen {
  /** The mistake in a few words: 'remembers a rejection'. */
  readonly mistake: string
  /** The file of this state that holds it: 'src/manager.ts'. */
  readonly file: string
  /** The one place to change. */
  readonly replace: string
  readonly with: string
}

/** What the front matter of a step's README promises. */
export interface Contract {
  readonly title: string
  /** A slug. Chapter `ttl` has its tests in `test/ttl.test.ts`, unless a red says otherwise. */
  readonly chapter: string
  /** Present in reds, absent elsewhere. */
  readonly fails?: DeclaredFailure
  /** Files of the state before that this step deletes. */
  readonly removes: readonly string[]
  /** From the gentlest nudge to the answer. */
  readonly hints: readonly string[]
  /** Greens only. */
  readonly wrong: readonly WrongGreen[]
}

export interface Readme {
  readonly contract: Contract
  /** Markdown after the front matter. */
  readonly lesson: string
  readonly problems: readonly Problem[]
}

const known = new Set(['title', 'chapter', 'fails', 'removes', 'hints', 'wrong'])

/**
 * Reads a step's README. Never throws: what cannot be read is empty in the contract and named in `problems`, so that
 * all that is wrong with a course can be said at once.
 */
export function readReadme(text: string, where: string): Readme {
  const problems: Problem[] = []
  const complain = (what: string, mend: string) => problems.push({ where, what, mend })
  const { matter, lesson } = split(text, complain)
  // Without front matter that can be read, one complaint is enough.
  const contract = matter ? contractFrom(matter, complain) : nothing
  return { contract, lesson, problems }
}

// Loaded when first needed: on most runs every contract is remembered.
const yaml = () => createRequire(import.meta.url)('js-yaml') as typeof Yaml

const nothing: Contract = { title: '', chapter: '', removes: [], hints: [], wrong: [] }

type Complain = (what: string, mend: string) => void
type Matter = Readonly<Record<string, unknown>>

function split(text: string, complain: Complain): { readonly matter?: Matter; readonly lesson: string } {
  const parts = /^\uFEFF?---[ \t]*\r?\n(?<matter>[\s\S]*?\r?\n)??---[ \t]*(?:\r?\n(?<lesson>[\s\S]*))?$/.exec(
    text,
  )
  if (!parts) {
    complain(
      'it does not begin with front matter',
      'begin it with a line ---, then title, chapter and hints, then a line ---',
    )
    return { lesson: text.trim() }
  }
  const lesson = parts.groups?.['lesson']?.trim() ?? ''
  try {
    // Every scalar stays text: a title may be 404. The line --- in front keeps the error's line number true.
    const { load, FAILSAFE_SCHEMA } = yaml()
    const read = load(`---\n${parts.groups?.['matter'] ?? ''}`, { schema: FAILSAFE_SCHEMA })
    if (isMapping(read)) return { matter: read, lesson }
    complain('its front matter is not a list of names and values', 'write lines "name: value"')
  } catch (error) {
    const reason = error instanceof Error ? error.message.split('\n', 1)[0] : String(error)
    complain(`its front matter is not YAML: ${reason}`, 'put the value in quotes, or mend the indentation')
  }
  return { lesson }
}

function contractFrom(matter: Matter, complain: Complain): Contract {
  for (const name of Object.keys(matter)) {
    if (known.has(name)) continue
    complain(`"${name}" is not part of a contract`, `use one of ${[...known].join(', ')}, or delete it`)
  }
  const title = pieceOfText(matter['title'], 'title', complain)
  const chapter = pieceOfText(matter['chapter'], 'chapter', complain)
  return {
    title,
    chapter,
    ...('fails' in matter && { fails: failureFrom(matter['fails'], chapter, complain) }),
    removes: texts(matter['removes'] ?? [], 'removes', complain),
    hints: texts(matter['hints'] ?? [], 'hints', complain),
    wrong: wrongGreens(matter['wrong'] ?? [], complain),
  }
}

function failureFrom(value: unknown, chapter: string, complain: Complain): DeclaredFailure {
  const fails = isMapping(value) ? value : {}
  return {
    file: 'file' in fails ? pieceOfText(fails['file'], 'fails: file', complain) : `test/${chapter}.test.ts`,
    test: pieceOfText(fails['test'], 'fails: test', complain),
    error: pieceOfText(fails['error'], 'fails: error', complain),
    message: pieceOfText(fails['message'], 'fails: message', complain),
  }
}

function wrongGreens(value: unknown, complain: Complain): readonly WrongGreen[] {
  if (!Array.isArray(value)) {
    complain('"wrong" is not a list', 'write under it "  - mistake: …" with file, replace and with')
    return []
  }
  return value.map((each: unknown) => {
    const wrong = isMapping(each) ? each : {}
    const replacement = wrong['with']
    return {
      mistake: pieceOfText(wrong['mistake'], 'wrong: mistake', complain),
      file: pieceOfText(wrong['file'], 'wrong: file', complain),
      replace: pieceOfText(wrong['replace'], 'wrong: replace', complain),
      // Empty takes the place away.
      with: typeof replacement === 'string' ? replacement.trim() : '',
    }
  })
}

function pieceOfText(value: unknown, name: string, complain: Complain): string {
  if (isText(value)) return value.trim()
  complain(`"${name}" is missing or is not a piece of text`, 'write it into the front matter')
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

function isMapping(value: unknown): value is Matter {
  return value !== null && typeof value === 'object' && !Array.isArray(value)
}
