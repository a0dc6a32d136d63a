import { spawnSync } from 'node:child_process'
import { join, sep } from 'node:path'
import { Refusal, reasonOf } from '../system/refusal.ts'
import { linkPackages, temporary } from '../system/temporary-folder.ts'

/** What a change is compared with: a commit, written to a folder of its own for as long as it is not disposed of. */
export interface Base extends Disposable {
  /** Holds the commit's files, and this repository's packages. */
  readonly root: string
  /** Files that differ between the commit and what stands here now, from the root, with forward slashes. */
  readonly changed: readonly string[]
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

  return temporary('base', (parent) => {
    const folder = join(parent, 'base')
    // An index of its own: the repository's stays as it is.
    const env = { GIT_INDEX_FILE: join(parent, 'index') }
    needed(git(root, ['read-tree', sha], env))
    needed(git(root, ['checkout-index', '--all', `--prefix=${folder}${sep}`], env))
    linkPackages(root, folder)
    const changed = [
      ...needed(git(root, ['diff', '--name-only', '--no-renames', '-z', sha])).split('\0'),
      ...needed(git(root, ['ls-files', '--others', '--exclude-standard', '-z'])).split('\0'),
    ]
    return { root: folder, changed: changed.filter((path) => path !== '') }
  })
}

interface Said {
  readonly status: number | null
  readonly stdout: string
  readonly why: string
}

/** What git says to a command; `why` is its complaint, or the reason for which it could not be started. */
export function git(root: string, args: readonly string[], env: Readonly<Record<string, string>> = {}): Said {
  const options = {
    cwd: root,
    encoding: 'utf8',
    maxBuffer: 1 << 28,
    env: { ...process.env, ...env },
  } as const
  const { status, stdout, stderr, error } = spawnSync('git', args, options)
  return { status, stdout, why: error ? reasonOf(error) : stderr.trim() }
}

function needed({ status, stdout, why }: Said): string {
  if (status === 0) return stdout
  throw new Refusal(`git could not write out the base to compare with (${why}).`, 'Look with: git status')
}
