import { join, sep } from 'node:path'
import { gitSays, prefixOf } from '../system/git.ts'
import { filesAtHead } from '../system/git-head.ts'
import { Refusal } from '../system/refusal.ts'
import { linkPackages, temporaryFolder } from '../system/temporary-folder.ts'

/** What git is about to commit, as files: neither what is not staged nor what git does not know is among them. */
export interface IndexCheckout extends Disposable {
  /** A folder outside of the repository, for as long as it is not disposed of. */
  readonly root: string
  /** Files that the commit changes, from the course's own folder, with forward slashes. */
  readonly changed: readonly string[]
  /** The bytes that the last commit has for a file; null when it has none, or when there is no commit yet. */
  readonly before: (path: string) => Buffer | null
}

/**
 * Writes what the index of the repository around `root` holds of that folder to one of its own, with its packages.
 *
 * @throws {Refusal} when git cannot do it.
 */
export const checkOutIndex = (root: string): IndexCheckout =>
  temporaryFolder('gate', (folder) => {
    // In a subfolder git writes what is in that, at its place in the repository.
    needed(root, ['checkout-index', '--all', `--prefix=${folder}${sep}`])
    const copy = join(folder, prefixOf(root))
    linkPackages(root, copy)
    const args = ['diff', '--cached', '--name-only', '--relative', '--no-renames', '-z']
    const changed = needed(root, args).split('\0')
    return {
      root: copy,
      changed: changed.filter((path) => path !== ''),
      before: (path) => filesAtHead(root, [path])?.get(path) ?? null,
    }
  })

const needed = (root: string, args: readonly string[]): string =>
  gitSays(
    root,
    args,
    (why) => new Refusal(`git could not show what is staged (${why}).`, 'Look with: git status'),
  )
