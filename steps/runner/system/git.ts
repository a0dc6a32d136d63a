import { spawnSync } from 'node:child_process'
import { reasonOf } from './refusal.ts'

export interface Said {
  /** Null when git could not be started, or was ended. */
  readonly status: number | null
  readonly stdout: string
  /** Its complaint in English, or the reason for which it could not be started. Empty when it has none. */
  readonly why: string
}

/**
 * What git says to a command about the repository around `folder`, which may be at any depth in it.
 *
 * In a second worktree a hook is told by GIT_DIR for which repository it works, and with that git takes any folder for the
 * top of the working tree. So it is left to git to find the repository from `folder`. GIT_INDEX_FILE stays: the index
 * that a commit is made of.
 */
export function git(
  folder: string,
  args: readonly string[],
  more: Readonly<Record<string, string>> = {},
): Said {
  const { GIT_DIR, GIT_WORK_TREE, ...rest } = process.env
  // When both are set, keep them: such a repository cannot be found from a folder.
  const apart = GIT_DIR !== undefined && GIT_WORK_TREE !== undefined ? { GIT_DIR, GIT_WORK_TREE } : {}
  const { status, stdout, stderr, error } = spawnSync('git', args, {
    cwd: folder,
    encoding: 'utf8',
    maxBuffer: 1 << 28,
    env: { ...rest, ...apart, LC_ALL: 'C', ...more },
  })
  return { status, stdout, why: error ? reasonOf(error) : stderr.trim() }
}

/** Where a folder lies in its repository: empty at the top, else such as `apps/course/`. */
export const prefixOf = (folder: string): string =>
  git(folder, ['rev-parse', '--show-prefix']).stdout.replace(/\r?\n$/, '')
