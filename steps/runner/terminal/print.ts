import { styleText } from 'node:util'
import type { Phase } from '../course/read-course.ts'

/** Columns that every line keeps to, whatever the terminal's width: so a transcript reads well anywhere. */
export const width = 78

/** Said in words, in a shape and in a colour: whoever cannot see one has the others. */
export const lights = {
  red: { shape: '✗', word: 'RED', color: 'red' },
  amber: { shape: '▲', word: 'AMBER', color: 'yellow' },
  green: { shape: '✓', word: 'GREEN', color: 'green' },
  refactor: { shape: '◆', word: 'REFACTOR', color: 'blue' },
} as const satisfies Record<Phase | 'amber', unknown>

export type Light = keyof typeof lights

/** styleText leaves colour out without a terminal and under NO_COLOR. */
export const paint = (light: Light, text: string): string => styleText(lights[light].color, text)
export const bold = (text: string): string => styleText('bold', text)
export const dim = (text: string): string => styleText('dim', text)

/** The shape and the word of a light, in its colour. */
export const badge = (light: Light): string => paint(light, `${lights[light].shape} ${lights[light].word}`)

/** Prints lines, each moved in by one column. */
export function say(...lines: readonly string[]): void {
  process.stdout.write(indented(lines))
}

/** The same for what went wrong, to the other stream. */
export function complain(...lines: readonly string[]): void {
  process.stderr.write(indented(lines))
}

function indented(lines: readonly string[]): string {
  return lines.map((line) => (line === '' ? '\n' : ` ${line}\n`)).join('')
}

/** Breaks uncoloured text into lines of at most `columns`, at blanks; a longer word stays whole on a line of its own. */
export function wrap(text: string, columns = width): readonly string[] {
  const lines: string[] = []
  for (const paragraph of text.split('\n')) {
    let line = ''
    for (const word of paragraph.split(/\s+/).filter((one) => one !== '')) {
      if (line !== '' && line.length + 1 + word.length > columns) {
        lines.push(line)
        line = word
      } else line = line === '' ? word : `${line} ${word}`
    }
    lines.push(line)
  }
  return lines
}

/** A word in the left margin, and the text beside it, wrapped. */
export function beside(word: string, text: string, style = (line: string) => line): readonly string[] {
  const margin = 11
  return wrap(text, width - margin).map(
    (line, index) => `${dim((index === 0 ? word : '').padEnd(margin))}${style(line)}`,
  )
}
