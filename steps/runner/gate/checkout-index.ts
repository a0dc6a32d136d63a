import { spawnSync } from 'node:child_process'
import { sep } from 'node:path'
import { Refusal, reasonOf } from '../system/refusal.ts'
import { linkPackages, temporary } from '../system/temporary-folder.ts'

/** What git is about to commit, as files: neither what is not staged nor what git does not know is among them. */
export interface Staged extends Disposable {
  /** A folder outside of the repository, for as long as it is not disposed of. */
  readonly root: string
  /** Files that the commit changes, with forward slashes. */
  readonly changed: readonly string[]
  /** The bytes that the last commit has for a file; null when it has none, or when there is no commit yet. */
  readonly before: (path: string) => Buffer | null
}

/**
 * Writes the index of the repository at `root` to a folder of its own, with the repository's packages.
 *
 * @throws {Refusal} when git cannot do it.
 */
export const checkOutIndex = (root: string): Staged =>
  temporary('gate', (folder) => {
    git(root, ['checkout-index', '--all', `--prefix=${folder}${sep}`])
    linkPackages(root, folder)
    const changed = git(root, ['diff', '--cached', '--name-only', '--no-renames', '-z']).split('\0')
    return {
      root: folder,
      changed: changed.filter((path) => path !== ''),
      before: (path) => atHead(root, path),
    }
  })

function git(root: string, args: readonly string[]): string {
  const { status, stdout, stderr, error } = spawnSync('git', args, { cwd: root, encoding: 'utf8' })
  if (status === 0) return stdout
  throw new Refusal(
    `git could not show what is staged (${error ? reasonOf(error) : stderr.trim()}).`,
    'Look with: git status',
  )
}

function atHead(root: string, path: string): Buffer | null {
  const { status, stdout } = spawnSync('git', ['cat-file', 'blob', `HEAD:${path}`], {
    cwd: root,
    maxBuffer: 1 << 28,
  })
  return status === 0 ? stdout : null
}
