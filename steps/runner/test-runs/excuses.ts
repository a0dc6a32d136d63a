/** A place in a file that tells a check to look away. */
export interface Excuse {
  /** From 1. */
  readonly line: number
  /** The tool that is told to ignore something. */
  readonly from: 'coverage' | 'types' | 'lint' | 'format'
  /** The words, on one line. */
  readonly words: string
  /** Whether a reason is written beside them. */
  readonly hasReason: boolean
}

/** What each check understands, and what has to follow before it counts as a reason. Blanks may be line breaks. */
const kinds: readonly { readonly from: Excuse['from']; readonly words: RegExp; readonly reason: RegExp }[] = [
  {
    from: 'coverage',
    words: /(?:istanbul|[cv]8|node:coverage)\s+ignore(?:\s+(?:if|else|next|file|start|stop)\b(?:\s+\d+)?)?/g,
    reason: /\w{2}/,
  },
  { from: 'types', words: /@ts-(?:nocheck|ignore|expect-error)\b/g, reason: /\w{2}/ },
  { from: 'lint', words: /\b(?:oxlint|eslint)-disable\b(?:-next-line|-line)?/g, reason: /--\s*\w{2}/ },
  { from: 'format', words: /\b(?:oxfmt|prettier)-ignore(?:-start|-end)?\b/g, reason: /\w{2}/ },
]

/** Everything in a text that tells the coverage, the type checker, the linter or the formatter to look away, in order. */
export function excusesIn(text: string): readonly Excuse[] {
  return kinds
    .flatMap(({ from, words, reason }) =>
      [...text.matchAll(words)].map(({ 0: found, index }) => {
        const rest = /^.*/.exec(text.slice(index + found.length))?.[0].split('*/', 1)[0] ?? ''
        return {
          line: text.slice(0, index).split('\n').length,
          from,
          words: found.replaceAll(/\s+/g, ' '),
          hasReason: reason.test(rest),
        }
      }),
    )
    .toSorted((one, other) => one.line - other.line)
}
