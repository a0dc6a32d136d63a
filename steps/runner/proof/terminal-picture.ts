import { stripVTControlCharacters } from 'node:util'

/** What a command printed, with its colours. */
export interface Screen {
  readonly command: string
  readonly printed: string
}

/** Of a monospaced font, in pixels: size, what one character takes, from one line to the next. */
const font = { size: 14, width: 8.43, line: 20 }
const margin = 16

/** Readable in both: each colour has a contrast of at least 4.5 to its paper (WCAG 2, 1.4.3). */
export const palettes = {
  light: {
    paper: '#f6f8fa',
    plain: '#1f2328',
    dim: '#57606a',
    red: '#b3151f',
    green: '#11632a',
    yellow: '#7d4e00',
    blue: '#0550ae',
  },
  dark: {
    paper: '#161b22',
    plain: '#e6edf3',
    dim: '#9da7b3',
    red: '#ff8f88',
    green: '#7ee787',
    yellow: '#e3b341',
    blue: '#79c0ff',
  },
} as const

/** Numbers of the styles that the runner prints -> classes of the picture. */
const classes: Readonly<Record<string, string>> = {
  1: 'bold',
  2: 'dim',
  31: 'red',
  32: 'green',
  33: 'yellow',
  34: 'blue',
}

/** Numbers that end styles -> the classes that end. */
const ended: Readonly<Record<string, readonly string[]>> = {
  22: ['bold', 'dim'],
  39: ['red', 'green', 'yellow', 'blue'],
}

/** A command of a terminal that sets a style. */
// oxlint-disable-next-line no-control-regex -- it begins with a control character
const styleCommand = /\u001B\[(\d+)m/

/** An SVG of a terminal in which the commands were typed, light or dark as the reader's system is. */
export function pictureOf(screens: readonly Screen[]): string {
  const lines = screens.flatMap(({ command, printed }, index) => [
    ...(index === 0 ? [] : ['']),
    `\u001B[2m$\u001B[22m \u001B[1m${command}\u001B[22m`,
    '',
    ...printed.replace(/^\n+|\s+$/g, '').split('\n'),
  ])
  const columns = Math.max(...lines.map((line) => stripVTControlCharacters(line).length))
  const width = Math.ceil(columns * font.width + 2 * margin)
  const height = lines.length * font.line + 2 * margin
  const title = escaped(screens.map(({ command }) => command).join(', then '))
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-labelledby="title">
<title id="title">${title}</title>
<style>
text { font: ${font.size}px ui-monospace, "SF Mono", Menlo, Consolas, "Liberation Mono", monospace; white-space: pre; }
.bold { font-weight: 600; }
${styleOf('light')}
@media (prefers-color-scheme: dark) {
${styleOf('dark')}
}
</style>
<rect class="paper" width="${width}" height="${height}" rx="8"/>
${lines.flatMap(drawn).join('\n')}
</svg>
`
}

const styleOf = (scheme: keyof typeof palettes) =>
  Object.entries(palettes[scheme])
    .map(([name, color]) => `${name === 'plain' ? 'text' : `.${name}`} { fill: ${color}; }`)
    .join('\n')

/** Each piece is put at its column: fonts differ in how wide they are. */
function drawn(line: string, row: number): readonly string[] {
  const y = margin + (row + 0.75) * font.line
  return piecesOf(line).map(({ text, column, styles }) => {
    const x = (margin + column * font.width).toFixed(2)
    const name = styles.length === 0 ? '' : ` class="${styles.join(' ')}"`
    return `<text x="${x}" y="${y}"${name}>${escaped(text)}</text>`
  })
}

interface Piece {
  readonly text: string
  readonly column: number
  readonly styles: readonly string[]
}

function piecesOf(line: string): readonly Piece[] {
  const pieces: Piece[] = []
  const styles = new Set<string>()
  let column = 0
  // Text and numbers of styles take turns.
  for (const [index, part] of line.split(styleCommand).entries()) {
    if (index % 2 === 0) {
      // Blanks at the beginning would be lost: they only move the column.
      const text = part.trim()
      if (text !== '') pieces.push({ text, column: column + part.indexOf(text), styles: [...styles] })
      column += part.length
    } else if (classes[part]) styles.add(classes[part])
    else for (const name of ended[part] ?? []) styles.delete(name)
  }
  return pieces
}

const escaped = (text: string) =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
