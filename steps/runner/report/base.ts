import { join, sep } from 'node:path'
import { git, gitSays, prefixOf } from '../system/git.ts'
import { Refusal } from '../system/refusal.ts'
import { linkPackages, temporaryFolder } from '../system/temporary-folder.ts'

/** What a change is compared with: a commit, written to a folder of its own for as long as it is not disposed of. */
export interface Base extends Disposable {
  /** Holds the commit's files, and this repository's packages. */
  readonly root: string
  /** Files that differ between the commit and what is here now, from the course's own folder, with forward slashes. */
  readonly changed: readonly string[]
  /** File of `src/` -> the lines that the change adds or rewrites. */
  readonly lines: ReadonlyMap<string, ReadonlySet<number>>
}

/**
 * Writes out where what stands here left the branch, tag or commit `ref`: what has happened there since is not ours.
 *
 * @throws {Refusal} when git does not know `ref`.
 */
export function baseAt(root: string, ref: string): Base {
  const commit = git(root, ['rev-parse', '--verify', '--quiet', '--end-of-options', `${ref}^{commit}`])
  if (commit.status !== 0) {
    throw new Refusal(
      `Expected a branch, a tag or a commit to compare with, but git knows none called "${ref}".`,
      'To see the branches: git branch --all',
      'To have those of the repository you cloned from: git fetch origin',
    )
  }
  const there = commit.stdout.trim()
  const left = git(root, ['merge-base', 'HEAD', there])
  const sha = left.status === 0 ? left.stdout.trim() : there

  return temporaryFolder('base', (parent) => {
    const top = join(parent, 'base')
    const folder = join(top, prefixOf(root))
    // An index of its own: the repository's stays as it is.
    const env = { GIT_INDEX_FILE: join(parent, 'index') }
    const say = (args: readonly string[], options = {}) => gitSays(root, args, notWritten, options)
    say(['read-tree', sha], { env })
    say(['checkout-index', '--all', `--prefix=${top}${sep}`], { env })
    linkPackages(root, folder)
    const changed = [
      ...say(['diff', '--name-only', '--relative', '--no-renames', '-z', sha]).split('\0'),
      ...say(['ls-files', '--others', '--exclude-standard', '-z']).split('\0'),
    ]
    const lines = linesIn(say([...plainDiff, sha, '--', 'src']))
    return { root: folder, changed: changed.filter((path) => path !== ''), lines }
  })
}

/** Whether `ref` cannot be compared with because this clone was made without its history (`--depth 1`). */
export const beyondThisClone = (root: string, ref: string): boolean =>
  git(root, ['rev-parse', '--is-shallow-repository']).stdout.trim() === 'true' &&
  git(root, ['rev-parse', '--verify', '--quiet', '--end-of-options', `${ref}^{commit}`]).status !== 0

/** The lines of each file that a diff without context puts there. */
function linesIn(diff: string): ReadonlyMap<string, ReadonlySet<number>> {
  const found = new Map<string, Set<number>>()
  let lines = new Set<number>()
  for (const line of diff.split('\n')) {
    const file = /^\+\+\+ b\/(?<path>.+?)\t?$/.exec(line)?.groups?.['path']
    if (file !== undefined) found.set(file, (lines = new Set()))
    const { from, count = '1' } = /^@@ -\S+ \+(?<from>\d+)(?:,(?<count>\d+))? @@/.exec(line)?.groups ?? {}
    if (from !== undefined) for (let at = 0; at < Number(count); at++) lines.add(Number(from) + at)
  }
  return found
}

/** Whatever this person's settings are. */
const plainDiff =
  '-c core.quotePath=false diff --relative --no-renames --no-color --no-ext-diff --src-prefix=a/ --dst-prefix=b/ --unified=0'.split(
    ' ',
  )

const notWritten = (why: string) =>
  new Refusal(`git could not write out the base to compare with (${why}).`, 'Look with: git status')
