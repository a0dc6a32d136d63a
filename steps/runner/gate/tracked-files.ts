import { listFiles } from '../system/git.ts'
import { scratch } from '../system/locations.ts'
import type { CheckResult } from './gate.ts'

/**
 * Files that must not be in the repository, whatever is in them: git deletes them, or what lies in their place, from every
 * clone that switches to such a commit; and hooks run at once there. Asked of the index: of what is about to be committed.
 *
 * @returns nothing without git
 */
export function checkTrackedFiles(root: string): readonly CheckResult[] {
  return [
    {
      check: 'tracked files',
      // Only what this repository ignores: what only this machine ignores does not count.
      wrong: listFiles(root, '--cached', '--ignored', '--exclude-per-directory=.gitignore')
        // Whatever .gitignore says: a link is no folder, which `.course/` means.
        .concat(listFiles(root, '--cached', '--', scratch))
        .filter((path, index, all) => all.indexOf(path) === index)
        .map((path) => `${path} is tracked, and git is to ignore it`),
      fix: 'git rm -r --cached -- and its name: it stays on your disk',
    },
    {
      check: 'hooks',
      wrong: listFiles(root, '--cached', '--', '.husky')
        .filter((path) => !isKnown(path))
        .map((path) => `${path}: git would run it in every clone, before it has been read`),
      fix: 'delete it: pre-commit is the only hook here',
    },
  ]
}

const isKnown = (path: string) => ['.husky/pre-commit', '.husky/install.mjs'].includes(path)
