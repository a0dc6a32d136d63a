import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, sep } from 'node:path'
import { goesWithUs } from './leftovers.ts'
import { Refusal, reasonOf } from './refusal.ts'

/** What git is about to commit, as files: neither what is not staged nor what git does not know is among them. */
export interface Staged {
  /** A folder outside of the repository, for as long as it is not disposed of. */
  readonly root: string
  /** Files that the commit changes, with forward slashes. */
  readonly changed: readonly string[]
  [Symbol.dispose](): void
}

/**
 * Writes the index of the repository at `root` to a folder of its own, with the repository's packages.
 *
 * @throws {Refusal} when git cannot do it.
 */
export function checkOutIndex(root: string): Staged {
  const folder = mkdtempSync(join(tmpdir(), 'course-gate-'))
  goesWithUs(folder)
  const dispose = () => {
    rmSync(folder, { recursive: true, force: true })
    goesWithUs(folder, false)
  }
  try {
    git(root, ['checkout-index', '--all', `--prefix=${folder}${sep}`])
    // A junction needs no administrator on Windows; elsewhere it is an ordinary link.
    symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'), 'junction')
    const changed = git(root, ['diff', '--cached', '--name-only', '--no-renames', '-z']).split('\0')
    return { root: folder, changed: changed.filter((path) => path !== ''), [Symbol.dispose]: dispose }
  } catch (error) {
    dispose()
    throw error
  }
}

function git(root: string, args: readonly string[]): string {
  const { status, stdout, stderr, error } = spawnSync('git', args, { cwd: root, encoding: 'utf8' })
  if (status === 0) return stdout
  throw new Refusal(
    `git could not show what is staged (${error ? reasonOf(error) : stderr.trim()}).`,
    'Look with: git status',
  )
}
