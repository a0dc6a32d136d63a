import { relative, sep } from 'node:path'

/** A piece of istanbul's coverage map: what its `toJSON` gives for a file. */
interface FileCoverage {
  readonly statementMap: Readonly<Record<string, Range>>
  readonly s: Readonly<Record<string, number>>
  readonly fnMap: Readonly<Record<string, { readonly name: string; readonly loc: Range }>>
  readonly f: Readonly<Record<string, number>>
  readonly branchMap: Readonly<
    Record<
      string,
      { readonly type: string; readonly loc: Range; readonly locations: readonly Partial<Range>[] }
    >
  >
  readonly b: Readonly<Record<string, readonly number[]>>
}

interface Range {
  readonly start: { readonly line?: number | undefined }
}

export interface CoverageMap {
  readonly files: () => readonly string[]
  readonly fileCoverageFor: (file: string) => { readonly toJSON: () => FileCoverage }
}

/** Something in a file that no test ran. */
export interface Uncovered {
  /** From 1. */
  readonly line: number
  readonly what: 'statement' | 'function' | 'branch'
  /** Of a branch: which of them, such as "never false". */
  readonly which?: string
}

/** For each file with something uncovered: its path from `root`, with forward slashes -> what. */
export function uncoveredIn(map: CoverageMap, root: string): ReadonlyMap<string, readonly Uncovered[]> {
  return new Map(
    map.files().flatMap((file) => {
      const uncovered = uncoveredOf(map.fileCoverageFor(file).toJSON())
      return uncovered.length === 0 ? [] : [[relative(root, file).replaceAll(sep, '/'), uncovered] as const]
    }),
  )
}

function uncoveredOf({ statementMap, s, fnMap, f, branchMap, b }: FileCoverage): readonly Uncovered[] {
  const found: Uncovered[] = []
  const add = (what: Uncovered['what'], { start }: Range, which?: string) => {
    const line = start.line ?? 1
    if (!found.some((one) => one.line === line))
      found.push({ line, what, ...(which !== undefined && { which }) })
  }
  for (const [key, { loc }] of Object.entries(fnMap)) if (f[key] === 0) add('function', loc)
  for (const [key, range] of Object.entries(statementMap)) if (s[key] === 0) add('statement', range)
  for (const [key, { type, loc, locations }] of Object.entries(branchMap)) {
    for (const [arm, count] of (b[key] ?? []).entries()) {
      const place = locations[arm]?.start
      if (count === 0) add('branch', place?.line === undefined ? loc : { start: place }, armOf(type, arm))
    }
  }
  return found.toSorted((one, other) => one.line - other.line)
}

/** What did not happen at a branch, by istanbul's name for its kind and the number of its arm. */
function armOf(type: string, arm: number): string {
  if (type === 'if' || type === 'cond-expr') return arm === 0 ? 'never true' : 'never false'
  if (type === 'default-arg') return 'the default is never used'
  return type === 'switch' ? `case ${arm + 1} never comes` : `operand ${arm + 1} is never reached`
}
