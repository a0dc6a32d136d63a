import { testsIn } from '../course/tests-in.ts'
import { Refusal } from '../system/refusal.ts'
import { temporaryFolder } from '../system/temporary-folder.ts'
import { writeFile } from '../system/write-file.ts'
import { gitBytes } from '../system/git.ts'

/** `theirs` is what an edit made of `base`; `ours` is to have it, too. */
export interface Sides {
  readonly ours: Buffer
  readonly base: Buffer
  readonly theirs: Buffer
}

export interface Merged {
  readonly merged: Buffer
  /** Whether both sides changed the same place: then both are in `merged`, between marks. */
  readonly conflicts: boolean
}

interface Manner {
  /** Whose test comes first, when both sides added one at the same place. */
  readonly first: 'ours' | 'theirs'
  /** What the marks call our side and theirs. */
  readonly labels: readonly [string, string]
}

/**
 * Each cycle adds its test below the last, so two tests that were added at one place are no conflict.
 *
 * @param path of the file, for messages, and for what is a test
 * @throws {Refusal} when git cannot merge them: then there is nothing to write
 */
export function merge(path: string, sides: Sides, manner: Manner): Merged {
  using temp = temporaryFolder('merge', (folder) => {
    for (const [name, bytes] of Object.entries(sides)) writeFile({ root: folder, path: name }, bytes)
    return { folder }
  })
  const plain = mergeIn(temp.folder, path, manner, [])
  if (!plain.conflicts || !path.endsWith('.test.ts')) return plain
  // With the base between the marks git leaves each side whole.
  const text = mergeIn(temp.folder, path, manner, ['--diff3'])
    .merged.toString('utf8')
    .replace(conflicts, (conflict: string, ours: string, base: string, theirs: string) =>
      withTheirTests(conflict, ours, base, theirs, manner),
    )
  return conflictIn(text) === '' ? { merged: Buffer.from(text), conflicts: false } : plain
}

/** The first conflict that is still in a text, with its marks; or nothing. */
export const conflictIn = (text: string): string => /^<{7} [\s\S]*?^>{7} [^\n]*$/m.exec(text)?.[0] ?? ''

const conflicts =
  /^<{7} [^\n]*\n(?<ours>(?:(?!\|{7} )[^\n]*\n)*)\|{7} [^\n]*\n(?<base>(?:(?!={7}\n)[^\n]*\n)*)={7}\n(?<theirs>(?:(?!>{7} )[^\n]*\n)*)>{7} [^\n]*\n/gm

/**
 * Both tests, where each side has added one below the same; and the one that theirs adds below tests that ours has not,
 * or has otherwise. The edit may have been carried on before, as it is or as it was: two tests of one name are a conflict.
 */
function withTheirTests(
  conflict: string,
  ours: string,
  base: string,
  theirs: string,
  { first }: Manner,
): string {
  if (base === '' && ours.includes(theirs)) return ours
  const added = theirs.slice(base.length)
  const names = testsIn(ours)
  if (!theirs.startsWith(base) || [...testsIn(added).keys()].some((name) => names.has(name))) return conflict
  if (first === 'ours') return ours + added
  return base === '' ? added + ours : conflict
}

function mergeIn(folder: string, path: string, { labels }: Manner, options: readonly string[]): Merged {
  const [ours, theirs] = labels
  const marks = ['-L', ours, '-L', 'before', '-L', theirs]
  const args = ['merge-file', '-p', ...options, ...marks, 'ours', 'base', 'theirs']
  const { status, stdout, why } = gitBytes(folder, args, { ours: true })
  // The number of conflicts, at most 127; anything else is no merge (a binary file, git was ended by Ctrl-C).
  if (status === null || status > 127) {
    throw new Refusal(
      `git could not merge the edit into ${path} (${why || 'it was ended'}), so it is as it was.`,
      'Make the edit there by hand, then type the same again.',
    )
  }
  return { merged: stdout, conflicts: status !== 0 }
}
