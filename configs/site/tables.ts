import { tokensOf, type Token } from '../../steps/runner/course/markdown.ts'

export interface Table {
  readonly head: readonly string[]
  readonly rows: readonly (readonly string[])[]
}

/** The tables of a text: the words of their cells. */
export function tablesIn(text: string): readonly Table[] {
  const tables: string[][][] = []
  const tokens = tokensOf(text)
  for (const [index, token] of tokens.entries()) {
    if (token.type === 'table_open') tables.push([])
    if (token.type === 'tr_open') tables.at(-1)?.push([])
    if (/^t[hd]_open$/.test(token.type))
      tables
        .at(-1)
        ?.at(-1)
        ?.push(wordsOf(tokens[index + 1]))
  }
  return tables.map(([head = [], ...rows]) => ({ head, rows }))
}

/** What stands in a cell, without marks. */
export const wordsOf = (cell: Token | undefined) =>
  (cell?.children ?? []).map(({ content }) => content).join('')

/** The headings of the second level. */
export const headingsIn = (text: string): readonly string[] => {
  const tokens = tokensOf(text)
  return tokens.flatMap(({ type, tag }, index) =>
    type === 'heading_open' && tag === 'h2' ? [wordsOf(tokens[index + 1])] : [],
  )
}
