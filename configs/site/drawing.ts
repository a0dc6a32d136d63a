import { instance } from '@viz-js/viz'
import { markup, Html } from './html.ts'

const graphviz = await instance()

/** The drawing that GitHub makes of a Mermaid flowchart of arrows; null for what is more than arrows. */
export function drawingOf(mermaid: string): Html | null {
  const [head = '', ...lines] = mermaid.trim().split('\n')
  const arrows = lines.map((line) => /^\s*(?<from>[\w.-]+) --> (?<to>[\w.-]+)$/.exec(line)?.groups)
  if (head !== 'flowchart TD' || arrows.includes(undefined)) return null
  const edges = arrows.map((arrow) => `"${arrow?.['from']}" -> "${arrow?.['to']}"`)
  const look =
    'bgcolor=transparent; node [fontname=Helvetica, shape=box, style=rounded, height=0.35, margin="0.12,0.06"]'
  const svg = graphviz.renderString(`digraph { ${look}; ${edges.join('; ')} }`, { format: 'svg' })
  const inside = svg
    .slice(svg.indexOf('<svg'))
    // Two drawings of a page would have the same ids; titles and comments say what the arrows show.
    .replaceAll(/ id="[^"]*"|<title>[^<]*<\/title>|<!--[^]*?-->/g, '')
    .replace('<svg', '<svg role="img" aria-label="A drawing of the arrows that the text is about"')
  return markup`<div class="table drawing" role="region" aria-label="Drawing: ${edges.length} arrows" tabindex="0">${new Html(inside)}</div>`
}
