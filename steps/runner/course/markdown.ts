import { createRequire } from 'node:module'
import type MarkdownIt from 'markdown-it'

type Parser = InstanceType<typeof MarkdownIt>
export type Token = ReturnType<Parser['parse']>[number]

let parser: Parser | undefined

/** A Markdown text as the pieces that a reader sees: headings, paragraphs, blocks of code, wherever they are nested. */
export function tokensOf(markdown: string): readonly Token[] {
  // Loaded when first needed: most words of the runner show no Markdown.
  parser ??= new (createRequire(import.meta.url)('markdown-it') as typeof MarkdownIt)({ html: true })
  return parser.parse(markdown, {})
}

/** The words of a paragraph, without Markdown's marks but those of code. */
export const proseOf = ({ children }: Pick<Token, 'children'>): string =>
  (children ?? [])
    .map(({ type, content, markup }) => {
      if (type === 'code_inline') return `${markup}${content}${markup}`
      return type === 'softbreak' || type === 'hardbreak' ? ' ' : type === 'text' ? content : ''
    })
    .join('')
