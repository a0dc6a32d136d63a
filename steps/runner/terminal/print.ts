import { AsyncLocalStorage } from 'node:async_hooks'
import { spawnSync } from 'node:child_process'
import { stripVTControlCharacters, styleText } from 'node:util'
import type { Phase } from '../course/read-course.ts'

/** Columns where there is no terminal: a transcript reads well anywhere. */
const usual = 80

/** Longer lines are hard to read, however wide the terminal is. */
const most = 120

/** Columns that a line may take, without the blank before it and one after it. */
export const width = (): number => columns() - 2

function columns(): number {
  const output = given.getStore()
  const has = output ? output.columns : process.stdout.isTTY ? process.stdout.columns : undefined
  return Math.min(Math.max(has || usual, 30), most)
}

/** A result as a word, a shape and a colour, so that it does not depend on one of them. */
export const lights = {
  red: { shape: '✗', word: 'RED', color: 'red' },
  amber: { shape: '▲', word: 'AMBER', color: 'yellow' },
  green: { shape: '✓', word: 'GREEN', color: 'green' },
  refactor: { shape: '◆', word: 'REFACTOR', color: 'blue' },
} as const satisfies Record<Phase | 'amber', unknown>

export type Light = keyof typeof lights

/** Where a run of the runner prints when it does not have a process, and so its output, to itself. */
export interface Output {
  readonly stdout: (text: string) => void
  readonly stderr: (text: string) => void
  /** How wide it is; by default as wide as a transcript. */
  readonly columns?: number
}

const given = new AsyncLocalStorage<Output>()

/** Gives all that is printed until `act` has ended to `output`: without colour, as where there is no terminal. */
export const printingTo = <T>(output: Output, act: () => T): T => given.run(output, act)

/** Whether what is printed goes to an output that was given, and not to this process's own. */
export const printsElsewhere = (): boolean => given.getStore() !== undefined

/** styleText leaves colour out without a terminal and under NO_COLOR. */
const styled = (style: Parameters<typeof styleText>[0], text: string): string =>
  printsElsewhere() ? text : styleText(style, text)

export const paint = (light: Light, text: string): string => styled(lights[light].color, text)
export const bold = (text: string): string => styled('bold', text)
export const dim = (text: string): string => styled('dim', text)

/** The shape and the word of a light, in its colour. */
export const badge = (light: Light): string => paint(light, `${lights[light].shape} ${lights[light].word}`)

/** Prints text, without what could change more than the place where it is shown. */
export function print(text: string): void {
  const output = given.getStore()
  if (output) output.stdout(printable(text))
  else process.stdout.write(printable(text))
}

/**
 * Text without control characters and marks that turn the direction of writing: titles, names of tests, files and
 * branches may come from a stranger's branch, and a terminal would obey them. Line ends, tabs and our own colours stay.
 */
export const printable = (text: string): string =>
  text.replaceAll(commands, (found) => (ours.has(found) ? found : ''))

// A command of a terminal that sets a style, any control character, and the marks of direction.
// oxlint-disable-next-line no-control-regex -- these are what it is about
const commands = /\u001B\[\d*m|(?![\n\t])\p{Cc}|[\u061C\u200E\u200F\u2028-\u202E\u2066-\u2069]/gu

/** The styles that are ours. */
const ours = new Set(['1', '2', '22', '31', '32', '33', '34', '39'].map((style) => `\u001B[${style}m`))

/** Prints lines, each moved in by one column. */
export function say(...lines: readonly string[]): void {
  print(indented(lines))
}

/** The same for what went wrong, to the other stream. */
export function complain(...lines: readonly string[]): void {
  const output = given.getStore()
  const text = printable(indented(lines))
  if (output) output.stderr(text)
  else process.stderr.write(text)
}

/** Lets a program print in our place: at the terminal, if there is one, with its own colours and its pager. */
export function letPrint(
  program: string,
  args: readonly string[],
  folder: string,
): { readonly status: number | null; readonly error?: Error } {
  const output = given.getStore()
  if (!output) return spawnSync(program, args, { cwd: folder, stdio: 'inherit' })
  const ended = spawnSync(program, args, { cwd: folder, encoding: 'utf8', maxBuffer: 1 << 28 })
  output.stdout(ended.stdout ?? '')
  output.stderr(ended.stderr ?? '')
  return ended
}

function indented(lines: readonly string[]): string {
  // A line end in a name does not make a line of its own.
  const text = lines
    .map((line) => line.replaceAll(/\r?\n/g, ' '))
    .flatMap(fitting)
    .map((line) => (line === '' ? '\n' : ` ${line}\n`))
  return inLetters() ? lettersFor(text.join('')) : text.join('')
}

/** A line that is too long is broken at a blank, and goes on below its own beginning. */
function fitting(line: string): readonly string[] {
  const room = width()
  if (seen(line) <= room) return [line]
  const indent = /^ */.exec(line)?.[0] ?? ''
  const lines: string[] = []
  let now = indent
  for (const word of line.slice(indent.length).split(/(?<= )(?=\S)/)) {
    if (now.trim() !== '' && seen(now) + seen(word.trimEnd()) > room) {
      lines.push(now.trimEnd())
      now = indent + (room > 40 ? '  ' : '')
    }
    now += word
  }
  return [...lines, now]
}

const seen = (text: string) => stripVTControlCharacters(text).length

/** A system that is told to speak plain C has no other signs than ASCII's. */
function inLetters(): boolean {
  const { LC_ALL, LC_CTYPE, LANG } = process.env
  return /^(?:C|POSIX)$/.test(LC_ALL || LC_CTYPE || LANG || '')
}

const letters: Readonly<Record<string, string>> = {
  '✗': 'x',
  '✓': 'v',
  '▲': 'a',
  '◆': 'r',
  '·': '-',
  '→': '>',
  '…': '...',
  '│': '|',
  '×': 'x',
  '–': '-',
}
const signs = new RegExp(`[${Object.keys(letters).join('')}]`, 'gu')
const lettersFor = (text: string) => text.replaceAll(signs, (sign) => letters[sign] ?? sign)

/** Breaks uncoloured text into lines of at most `room` columns, at blanks; a longer word stays whole on a line of its own. */
export function wrap(text: string, room = width()): readonly string[] {
  const lines: string[] = []
  for (const paragraph of text.split('\n')) {
    let line = ''
    for (const word of paragraph.split(/\s+/).filter((one) => one !== '')) {
      if (line !== '' && line.length + 1 + word.length > room) {
        lines.push(line)
        line = word
      } else line = line === '' ? word : `${line} ${word}`
    }
    lines.push(line)
  }
  return lines
}

/** Text after a mark, wrapped: its other lines are below its first. */
export function marked(mark: string, text: string, room = width() - 4): readonly string[] {
  const [first = '', ...more] = wrap(text, room)
  return [`${mark} ${first}`, ...more.map((line) => `  ${line}`)]
}

/** A word in the left margin, and the text beside it, wrapped. */
export function beside(word: string, text: string, style = (line: string) => line): readonly string[] {
  // Where there is little room, the margin is narrow, too.
  const margin = width() < 60 ? 4 : 11
  if (word.length >= margin) return [dim(word), ...beside('', text, style)]
  return wrap(text, width() - margin).map(
    (line, index) => `${dim((index === 0 ? word : '').padEnd(margin))}${style(line)}`,
  )
}
