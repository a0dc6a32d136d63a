import { proseOf, tokensOf } from '../course/markdown.ts'
import { bold, dim, width, wrap } from './print.ts'

/** A lesson as it reads in a terminal: prose wrapped, code as it is, no marks. */
export function renderMarkdown(markdown: string): readonly string[] {
  const lines: string[] = []
  let list = 0
  let bullet = ''
  let heading = false
  for (const token of tokensOf(markdown)) {
    if (token.type.endsWith('_list_open')) list += 1
    else if (token.type.endsWith('_list_close')) list -= 1
    else if (token.type === 'list_item_open') bullet = token.info === '' ? '· ' : `${token.info}. `
    else if (token.type === 'heading_open') heading = true
    else if (token.type === 'heading_close') heading = false
    else if (token.type === 'inline') {
      const indent = '  '.repeat(list)
      const text = wrap(proseOf(token), width() - indent.length)
      const tight = bullet === '' || lines.length === 0 ? [''] : []
      lines.push(
        ...tight,
        ...text.map((line, index) => {
          const margin = index === 0 && bullet !== '' ? indent.slice(bullet.length) + bullet : indent
          return heading ? bold(line) : margin + line
        }),
      )
      bullet = ''
    } else if (token.type === 'fence' || token.type === 'code_block') {
      lines.push(
        '',
        ...token.content
          .trimEnd()
          .split('\n')
          .map((line) => dim('│ ') + line),
      )
    }
  }
  return lines
}
