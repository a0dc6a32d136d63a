/** A piece of a pattern and where it begins. */
interface Piece {
  readonly text: string
  readonly start: number
}

const pieces =
  /\\(?:[pPu]\{[^}]*\}|k<[^>]*>|[^])|\[(?:\\[^]|[^\]\\])*\]|\((?:\?(?:[:=!]|<[=!]|<\w+>))?|(?:[*+?]|\{\d+(?:,\d*)?\})\??|[^]/g

/** What a piece may become in a test that is not looking. */
function othersFor(piece: string): readonly string[] {
  const { times, lazy = '' } = /^(?<times>[*+?]|\{.*\})(?<lazy>\??)$/.exec(piece)?.groups ?? {}
  if (times === '*') return ['', `+${lazy}`]
  if (times === '+') return ['', `*${lazy}`]
  if (times !== undefined || ['^', '$', String.raw`\b`, String.raw`\B`].includes(piece)) return ['']
  if (/^\\[dDsSwW]$/.test(piece)) {
    const letter = piece.slice(1)
    return [`\\${letter === letter.toLowerCase() ? letter.toUpperCase() : letter.toLowerCase()}`]
  }
  if (piece.startsWith('[^')) return [`[${piece.slice(2)}`]
  if (piece.startsWith('[')) return [`[^${piece.slice(1)}`]
  if (/^\(\?<?=$/.test(piece)) return [piece.replace('=', '!')]
  if (/^\(\?<?!$/.test(piece)) return [piece.replace('!', '=')]
  return []
}

/** A regular expression, a little wider or narrower: one alternative, flag, anchor or repetition less, and so on. */
export function changedPatterns(pattern: string, flags: string): readonly string[] {
  const found: Piece[] = Array.from(pattern.matchAll(pieces), ({ 0: text, index }) => ({
    text,
    start: index,
  }))
  const changed = found.flatMap(({ text, start }) =>
    othersFor(text).map((other) => pattern.slice(0, start) + other + pattern.slice(start + text.length)),
  )
  return [
    ...[...fewerAlternatives(pattern, found), ...changed].map((each) => `/${each || '(?:)'}/${flags}`),
    ...Array.from(flags, (flag) => `/${pattern}/${flags.replace(flag, '')}`),
  ]
}

function fewerAlternatives(pattern: string, found: readonly Piece[]): readonly string[] {
  // Where the alternatives of each group that is still open begin; the whole pattern is one, too.
  const open: number[][] = [[0]]
  const groups: { readonly starts: readonly number[]; readonly end: number }[] = []
  const close = (end: number) => groups.push({ starts: open.pop() ?? [], end })
  for (const { text, start } of found) {
    if (text.startsWith('(')) open.push([start + text.length])
    else if (text === '|') open.at(-1)?.push(start + 1)
    else if (text === ')') close(start)
  }
  close(pattern.length)
  return groups
    .toSorted((one, other) => (one.starts[0] ?? 0) - (other.starts[0] ?? 0))
    .flatMap(({ starts, end }) =>
      starts.length === 1
        ? []
        : starts.map((start, index) => {
            const next = starts[index + 1]
            // With the bar after it; the last one with the bar before it.
            return next === undefined
              ? pattern.slice(0, start - 1) + pattern.slice(end)
              : pattern.slice(0, start) + pattern.slice(next)
          }),
    )
}
