import { createCssVariablesTheme, createHighlighter } from 'shiki'
import { escaped, Html } from './html.ts'

const languages = ['ts', 'js', 'json', 'yaml', 'sh', 'docker'] as const
const languageOf = (name: string) => languages.find((one) => one === (sameAs[name] ?? name))
const sameAs: Readonly<Record<string, string>> = { bash: 'sh', typescript: 'ts', javascript: 'js', env: 'sh' }
// Its colours are variables, whose names become classes here: each page stays small, and the colours are in style.css.
const theme = createCssVariablesTheme()
const highlighter = await createHighlighter({ langs: [...languages], themes: [theme] })

const known = new Map<string, readonly Html[]>()

/** Code, line by line. In a language that is not known it is plain text. */
export function highlighted(code: string, language: string): readonly Html[] {
  const text = code.replace(/\n$/, '')
  const lang = languageOf(language)
  if (!lang) return text.split('\n').map((line) => new Html(escaped(line)))
  const key = `${lang}\0${text}`
  const before = known.get(key)
  if (before) return before
  const { tokens } = highlighter.codeToTokens(text, { lang, theme: theme.name ?? '' })
  const lines = tokens.map((line) => new Html(spansOf(line)))
  known.set(key, lines)
  return lines
}

/** Neighbours of one colour share a span; what has the colour of text needs none. */
function spansOf(tokens: readonly { readonly content: string; readonly color?: string }[]): string {
  const runs: { kind: string; text: string }[] = []
  for (const { content, color = '' } of tokens) {
    const named = /--shiki-token-(?<name>[\w-]+)/.exec(color)?.groups?.['name'] ?? ''
    const kind = content.trim() === '' ? (runs.at(-1)?.kind ?? '') : (shown[named] ?? '')
    const last = runs.at(-1)
    if (last?.kind === kind) last.text += content
    else runs.push({ kind, text: content })
  }
  return runs
    .map(({ kind, text }) => (kind === '' ? escaped(text) : `<i class="${kind}">${escaped(text)}</i>`))
    .join('')
}

/** Name of a colour -> class. Punctuation and parameters look like text. */
const shown: Readonly<Record<string, string>> = {
  keyword: 'k',
  string: 's',
  'string-expression': 's',
  comment: 'c',
  function: 'f',
  constant: 'n',
}
