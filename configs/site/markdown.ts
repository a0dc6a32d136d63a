import { createRequire } from 'node:module'
import type MarkdownIt from 'markdown-it'
import type { Token } from '../../steps/runner/course/markdown.ts'
import { codeBlock } from './changes.ts'
import { drawingOf } from './drawing.ts'
import { escaped, markup, Html } from './html.ts'
import { wordsOf } from './tables.ts'

/** Knows where the links of a file lead to: null where nothing can be shown. */
export interface Links {
  addressFor(path: string, target: string): string | null
}

interface Environment {
  readonly site: Links
  /** The file that the text is in, from the repository's root: its links begin there. */
  readonly path: string
  /** By how much its headings are lower on the page. */
  readonly lower: number
}

const parser = new (createRequire(import.meta.url)('markdown-it') as typeof MarkdownIt)({ html: true })
const { rules } = parser.renderer
const environmentOf = (env: unknown) => env as Environment

// Comments are marks of ours; any other HTML in a text is shown as it is written, and does nothing.
rules.html_block = (tokens, index) => {
  const text = tokens[index]?.content ?? ''
  return text.startsWith('<!--') ? '' : `<p>${escaped(text)}</p>\n`
}
rules.html_inline = (tokens, index) => escaped(tokens[index]?.content ?? '')

rules.fence = (tokens, index) => {
  const { content = '', info = '' } = tokens[index] ?? {}
  const drawing = info === 'mermaid' ? drawingOf(content) : null
  if (drawing) return drawing.text
  const said = captionOf(tokens[index - 1])
  const block = codeBlock(content, info.trim().split(/\s/, 1)[0] ?? '')
  if (said === null) return markup`<figure class="code">${block}</figure>`.text
  return markup`<figure class="code">
    <figcaption>${said}</figcaption>
    ${block}
  </figure>`.text
}

/** What the comment above a block says of it. */
function captionOf(token: Token | undefined): Html | null {
  const mark = token?.type === 'html_block' ? token.content : ''
  const file = /^<!-- from: (?<file>\S+) -->/.exec(mark)?.groups?.['file']
  if (file !== undefined) return markup`<span class="path">${file}</span>`
  return mark.startsWith('<!-- failure') ? markup`what the failing test says` : null
}

rules.heading_open = (tokens, index, options, env, self) => {
  const token = tokens[index]
  if (!token) return ''
  const { lower } = environmentOf(env)
  token.attrSet('id', anchorOf(tokens[index + 1]?.content ?? ''))
  token.tag = `h${Math.min(6, Number(token.tag.slice(1)) + lower)}`
  const close = tokens.slice(index).find(({ type }) => type === 'heading_close')
  if (close) close.tag = token.tag
  return self.renderToken(tokens, index, options)
}

// What is wider than the page is moved within it, by the keyboard, too.
rules.table_open = (tokens, index) => {
  const end = tokens.findIndex(({ type }, at) => at > index && type === 'thead_close')
  const heads = tokens.slice(index, end).filter(({ type }) => type === 'inline')
  const label = escaped(`Table: ${heads.map(wordsOf).join(', ')}`)
  return `<div class="table" role="region" aria-label="${label}" tabindex="0"><table>\n`
}
rules.table_close = () => '</table></div>\n'
rules.td_open = rules.th_open = (tokens, index) => {
  const { tag = 'td', attrs = [] } = tokens[index] ?? {}
  // A style of its own is what the page's security policy forbids.
  const right = attrs?.some(([, value]) => String(value).includes('right')) ?? false
  return `<${tag}${right ? ' class="right"' : ''}>`
}

const targets: (string | null)[] = []
rules.link_open = (tokens, index, _options, env) => {
  const { site, path } = environmentOf(env)
  const target = site.addressFor(path, String(tokens[index]?.attrGet('href') ?? ''))
  targets.push(target)
  return target === null ? '<span>' : `<a href="${escaped(target)}">`
}
rules.link_close = () => (targets.pop() === null ? '</span>' : '</a>')

/** A heading as GitHub turns it into an anchor. */
export const anchorOf = (heading: string): string =>
  heading
    .trim()
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}\- _]/gu, '')
    .replaceAll(' ', '-')

/** A text of the repository as HTML. */
export const rendered = (site: Links, path: string, text: string, lower = 0): Html =>
  new Html(parser.render(text, { site, path, lower }))

/** A text of one line. */
export const renderedLine = (site: Links, path: string, text: string): Html =>
  new Html(parser.renderInline(text, { site, path, lower: 0 }))
