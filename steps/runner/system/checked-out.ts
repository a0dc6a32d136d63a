import { existsSync, readFileSync, statSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'

/**
 * What git has checked out in the working tree around `folder`: the name of a branch (`refs/heads/ann`), or the commit
 * where there is none. Null without git. Read from its files: this is asked at every command, and git takes its time.
 */
export function checkedOut(folder: string): string | null {
  try {
    for (let above = folder; ; above = dirname(above)) {
      const git = join(above, '.git')
      if (existsSync(git))
        return readFileSync(join(gitFolderAt(git), 'HEAD'), 'utf8')
          .trim()
          .replace('ref: ', '')
      if (dirname(above) === above) return null
    }
  } catch {
    return null
  }
}

/** In a worktree and in a submodule `.git` is a file that says where the folder is. */
export function gitFolderAt(git: string): string {
  if (statSync(git).isDirectory()) return git
  const said = readFileSync(git, 'utf8')
    .replace(/^gitdir:/, '')
    .trim()
  return resolve(dirname(git), said)
}
