import { existsSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { git } from '../system/git.ts'

/** What becomes of a commit here. */
export type Hook =
  /** Git's hook is the one in `.husky/`, or runs it. */
  | { readonly kind: 'installed' }
  | { readonly kind: 'missing' }
  /** There are other hooks, in this folder, which do not run ours. */
  | { readonly kind: 'others'; readonly folder: string; readonly chain: string }
  /** A folder that was downloaded, say. */
  | { readonly kind: 'no repository' }
  /** Git does not want to say, and why. */
  | { readonly kind: 'refused'; readonly why: string }

/** Which hook git runs before a commit of what is in `root`, at whatever depth of a repository that lies. */
export function installedHook(root: string): Hook {
  const top = git(root, ['rev-parse', '--show-toplevel', '--show-prefix'])
  if (top.status !== 0) {
    const none = top.why.includes('not a git repository')
    return none ? { kind: 'no repository' } : { kind: 'refused', why: top.why }
  }
  const [worktree = '', prefix = ''] = top.stdout.split(/\r?\n/)
  const set = git(root, ['config', '--type=path', '--get', 'core.hooksPath']).stdout.trim()
  // A relative one is meant from the top of the working tree, where git runs hooks.
  const folder =
    set === ''
      ? resolve(root, git(root, ['rev-parse', '--git-path', 'hooks']).stdout.trim())
      : resolve(worktree, set)
  const hook = join(folder, 'pre-commit')
  if (folder === resolve(worktree, prefix, '.husky', '_')) {
    return { kind: existsSync(hook) ? 'installed' : 'missing' }
  }
  if (!existsSync(hook))
    return set === '' ? { kind: 'missing' } : { kind: 'others', folder, chain: chainOf(prefix) }
  if (readFileSync(hook, 'utf8').includes('.husky/pre-commit')) return { kind: 'installed' }
  return { kind: 'others', folder, chain: chainOf(prefix) }
}

/** The line that makes another hook run ours. */
const chainOf = (prefix: string) => `sh ${prefix}.husky/pre-commit`
