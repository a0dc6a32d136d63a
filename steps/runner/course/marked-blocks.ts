import { tokensOf, type Token } from './markdown.ts'

/** What the comment above a block of code says of it. */
export type Mark =
  /** What a command prints: `<!-- run: npm run step 4 -->`. */
  | { readonly kind: 'run'; readonly command: string }
  /** What the failure of a red says, or a piece of it: `<!-- failure -->`. In a green it is its red's. */
  | { readonly kind: 'failure' }
  /** A piece of a file of the step's state: `<!-- from: src/index.ts -->`. */
  | { readonly kind: 'from'; readonly file: string }
  /** What no command can show again, and why: `<!-- told: what Node prints without a listener -->`. */
  | { readonly kind: 'told'; readonly why: string }
  | { readonly kind: 'none' }

/** A block of code in a Markdown text: fenced with ``` or ~~~, indented, or in HTML, in a list or not. */
export interface Block {
  readonly mark: Mark
  /** Such as 'ts'; empty when the fence names none. */
  readonly language: string
  /** What is in it, without the indentation of the list it is in; it ends with a line feed unless it is empty. */
  readonly text: string
  /** Where that is in the Markdown: its first line, and the line after its last, from 0. */
  readonly lines: readonly [from: number, to: number]
  /** What each of these lines begins with, in a list. */
  readonly indent: string
}

/** Every block of code, in order. */
export function blocksOf(markdown: string): readonly Block[] {
  const lines = markdown.split('\n')
  const tokens = tokensOf(markdown)
  return tokens.flatMap((token, index): readonly Block[] => {
    const [first = 0, end = 0] = token.map ?? []
    const isFence = token.type === 'fence'
    const isCode =
      isFence || token.type === 'code_block' || (token.type === 'html_block' && /<pre\b/i.test(token.content))
    if (!isCode) return []
    const above = tokens[index - 1]
    const from = isFence ? first + 1 : first
    return [
      {
        mark: above?.type === 'html_block' && above.map?.[1] === first ? markFrom(above) : { kind: 'none' },
        language: token.info.trim().split(/\s/, 1)[0] ?? '',
        text: token.content,
        lines: [from, isFence ? from + token.content.split('\n').length - 1 : end],
        indent: (/^[^`~]*/.exec(lines[first] ?? '')?.[0] ?? '').replaceAll(/[^\s>]/g, ' '),
      },
    ]
  })
}

function markFrom({ content }: Token): Mark {
  // Two patterns that look at each character once: one for both would try all ways to share blanks out.
  const inside = /^<!--([^\n]*)-->$/.exec(content.trim())?.[1]?.trim() ?? ''
  const kind = /^(?:run|failure|from|told)(?=:|$)/.exec(inside)?.[0]
  const what = inside.slice((kind?.length ?? 0) + 1).trim()
  if (kind === 'run') return { kind, command: what }
  if (kind === 'from') return { kind, file: what }
  if (kind === 'told') return { kind, why: what }
  return kind === 'failure' ? { kind } : { kind: 'none' }
}

/** A picture of what commands print: `<!-- drawn: npm run step 1, npm run step 2 -->` above an image. */
export interface Picture {
  readonly commands: readonly string[]
  /** As the image names it, from the folder of the document; null when no image comes next. */
  readonly file: string | null
}

export function picturesOf(markdown: string): readonly Picture[] {
  return tokensOf(markdown).flatMap(({ content }, index, tokens) => {
    const commands = /^<!-- drawn: ([^\n]*) -->$/.exec(content.trim())?.[1]?.split(', ')
    // After the comment a paragraph begins, and then comes what is in it.
    const image = tokens[index + 2]?.children?.find(({ type }) => type === 'image')
    return commands ? [{ commands, file: image ? String(image.attrGet('src')) : null }] : []
  })
}

/** The Markdown with other texts in some of its blocks. */
export function withBlocks(markdown: string, texts: ReadonlyMap<Block, string>): string {
  const lines = markdown.split('\n')
  for (const [
    {
      lines: [from, to],
      indent,
    },
    text,
  ] of [...texts].toSorted(([one], [other]) => other.lines[0] - one.lines[0])) {
    const now = text === '' ? [] : text.replace(/\n$/, '').split('\n')
    lines.splice(from, to - from, ...now.map((line) => `${indent}${line}`.trimEnd()))
  }
  return lines.join('\n')
}
