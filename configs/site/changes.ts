import { structuredPatch } from 'diff'
import { sameFile, type State } from '../../steps/runner/course/state.ts'
import { highlighted } from './highlight.ts'
import { markup, type Html } from './html.ts'

/** A new file with more lines than that is no diff to read on the way: it has a page of its own. */
const long = 150

interface Shown {
  /** How many lines around each change. */
  readonly context?: number
  /** The address of a file that is too long to be shown here. */
  readonly pageOf?: (path: string) => string
}

/** What differs between two states, file by file, as a reader sees it. */
export function changesOf(before: State, after: State, shown: Shown = {}): readonly Html[] {
  const paths = [...new Set([...before.keys(), ...after.keys()])]
  return paths
    .filter((path) => !sameFile(before.get(path), after.get(path)))
    .toSorted((one, other) => rank(one) - rank(other) || (one < other ? -1 : 1))
    .map((path) => change(path, textAt(before, path), textAt(after, path), shown))
}

/** The new files of a state that are too long for a diff. */
export const longFilesIn = (
  before: State,
  after: State,
): readonly (readonly [path: string, text: string])[] =>
  [...after.keys()].flatMap((path) => {
    const text = textAt(after, path) ?? ''
    return !before.has(path) && isLong(text) ? [[path, text] as const] : []
  })
const isLong = (text: string) => text.split('\n').length - 1 > long

const textAt = (state: State, path: string) => state.get(path)?.toString('utf8') ?? null
/** The code first, then its tests, then what serves them. */
const rank = (path: string) => (path.startsWith('src/') ? 0 : path.endsWith('.test.ts') ? 1 : 2)

function change(
  path: string,
  before: string | null,
  after: string | null,
  { context = 3, pageOf }: Shown,
): Html {
  const { hunks } = structuredPatch(path, path, before ?? '', after ?? '', '', '', { context })
  const old = highlighted(before ?? '', languageOf(path))
  const now = highlighted(after ?? '', languageOf(path))
  const lines = hunks.flatMap(({ lines: marked, oldStart, newStart }, index) => {
    let fromOld = oldStart - 1
    let fromNew = newStart - 1
    const found = marked.flatMap((line) => {
      if (line.startsWith('+')) return added(now[fromNew++])
      if (line.startsWith('-')) return removed(old[fromOld++])
      if (line.startsWith('\\')) return []
      fromOld += 1
      return kept(now[fromNew++])
    })
    const isCut = index > 0 || newStart > 1
    return isCut ? [markup`<span class="cut">⋯</span>`, ...found] : found
  })
  const count = (mark: string) =>
    hunks.flatMap((hunk) => hunk.lines).filter((line) => line.startsWith(mark)).length
  const body = markup`<pre><code>${lines}</code></pre>`
  const fate = before === null ? 'new file' : after === null ? 'deleted' : null
  const head = markup`<span class="path">${path}</span>${fate && markup` <span class="fate">${fate}</span>`}
    <span class="count"
      >${count('+') > 0 && markup`<span class="plus">+${count('+')}</span>`}
      ${count('-') > 0 && markup`<span class="minus">−${count('-')}</span>`}</span
    >`
  if (before === null && after !== null && pageOf && isLong(after)) {
    const link = markup`<p><a href="${pageOf(path)}">Read all ${count('+')} lines of it</a></p>`
    return markup`<figure class="diff">
      <figcaption>${head}</figcaption>
      ${link}
    </figure>`
  }
  // Of a file that is gone nothing is to be read.
  if (after === null) {
    return markup`<figure class="diff">
      <details>
        <summary>${head}</summary>
        ${body}
      </details>
    </figure>`
  }
  return markup`<figure class="diff">
    <figcaption>${head}</figcaption>
    ${body}
  </figure>`
}

export const languageOf = (path: string) => /\.(?<end>\w+)$/.exec(path)?.groups?.['end'] ?? ''

const line = (text: Html | undefined) => markup`${text}${'\n'}`
const added = (text: Html | undefined) => markup`<ins>${line(text)}</ins>`
const removed = (text: Html | undefined) => markup`<del>${line(text)}</del>`
const kept = (text: Html | undefined) => markup`<span>${line(text)}</span>`

/** A block of code that is no diff. */
export const codeBlock = (code: string, language: string): Html =>
  markup`<pre><code>${highlighted(code, language).map(kept)}</code></pre>`
