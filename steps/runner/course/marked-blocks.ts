/** What the comment above a fenced block says of it. */
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

/** A fenced block in a Markdown text. */
export interface Block {
  readonly mark: Mark
  /** Such as 'ts'; empty when the fence names none. */
  readonly language: string
  /** What stands between the fences; it ends with a line feed unless it is empty. */
  readonly text: string
  /** Where `text` begins in the Markdown, in characters. */
  readonly start: number
}

const fenced =
  /(?:^<!-- *(?<kind>run|failure|from|told)(?:: *(?<what>[^\n]*?))? *-->\r?\n)?^```(?<language>\w*)\r?\n(?<text>[\s\S]*?)^```\r?$/dgm

/** Every fenced block, in order. */
export function blocksOf(markdown: string): readonly Block[] {
  return [...markdown.matchAll(fenced)].map(({ groups = {}, indices }) => ({
    mark: markFrom(groups['kind'], groups['what'] ?? ''),
    language: groups['language'] ?? '',
    text: groups['text'] ?? '',
    start: indices?.groups?.['text']?.[0] ?? 0,
  }))
}

function markFrom(kind: string | undefined, what: string): Mark {
  if (kind === 'run') return { kind, command: what }
  if (kind === 'from') return { kind, file: what }
  if (kind === 'told') return { kind, why: what }
  return kind === 'failure' ? { kind } : { kind: 'none' }
}

/** The Markdown with other texts in some of its blocks. */
export function withBlocks(markdown: string, texts: ReadonlyMap<Block, string>): string {
  return [...texts]
    .toSorted(([one], [other]) => other.start - one.start)
    .reduce(
      (whole, [{ start, text }, now]) => whole.slice(0, start) + now + whole.slice(start + text.length),
      markdown,
    )
}
