import { existsSync, readFileSync } from 'node:fs'
import { join, relative, resolve, sep } from 'node:path'
import { gitFolderAt } from './checked-out.ts'

/** A file or a folder on this disk. Nothing is written or deleted through a link below `root`: see write-file.ts. */
export interface Location {
  /** A folder that is ours to write in, whatever links lead to it. */
  readonly root: string
  /** From there, with forward slashes. */
  readonly path: string
  /** How `root` is called where the place is shown; by default it is not, being the repository. */
  readonly called?: string
}

/**
 * Where the runner keeps what is not part of the course.
 *
 * In a git clone everything that is kept lies in git's own folder, where no `git switch`, `git merge` and `git clean`
 * ever looks: to git, ignored files in the working tree are files that it may delete. Without git, or where the course
 * is a folder of some other repository, it lies in `.course/`, and moves with the folder.
 */
export function locationsOf(root: string) {
  const git = gitFoldersOf(root)
  const kept = git ? 'course' : scratch
  const inFolder =
    (folder = root) =>
    (name: string): Location => ({
      root: folder,
      path: `${kept}/${name}`,
      called: relative(root, folder).replaceAll(sep, '/'),
    })
  const ours = inFolder(git?.ours)
  const shared = inFolder(git?.shared)
  return {
    /** A folder: every version of `src/` and `test/` that was kept. All working trees of a clone share it. */
    saves: shared('saves'),
    /** All working trees of a clone take turns. */
    lock: shared('lock'),
    /** Each working tree has its own. */
    position: ours('position.json'),
    hints: ours('hints.json'),
    /** The learner's own tests that `check` has accepted. */
    ownTests: ours('own-tests.json'),
    /** What the last command that wrote to `src/` and `test/` has found there. */
    undo: ours('undo.json'),
    /** What was read of the course, for the next run to read it faster. */
    contracts: ours('contracts.json'),
    /** The steps as they were before the last `move`, and what those hold that were taken back. */
    move: ours('move'),
    /** What the last proof found. */
    proof: ours('found.json'),
    /** A folder in the working tree for what goes again: here vitest finds the packages, and a rename needs no copy. */
    scratch: { root, path: scratch } as Location,
  }
}

/** Where all of it lay before, and lies without git. */
export const scratch = '.course'

/** Whether something lies in `.course/` that earlier runners kept there, when all of it had its place in it. */
export function leavesEarlier(root: string): boolean {
  const names = locationsOf(root).position.root === root ? withoutGit : withGit
  return names.some((name) => existsSync(join(root, scratch, name)))
}

const withoutGit = ['readmes.json', 'proof/found.json']
const withGit = [...withoutGit, 'position.json', 'hints.json', 'contracts.json', 'saves']

/** Something below a folder. */
export const below = (location: Location, name: string): Location => ({
  ...location,
  path: `${location.path}/${name}`,
})

/** Something in the same folder whose name begins alike. */
export const withSuffix = (location: Location, suffix: string): Location => ({
  ...location,
  path: location.path + suffix,
})

export const diskOf = ({ root, path }: Location): string => join(root, path)

export const isThere = (location: Location): boolean => existsSync(diskOf(location))

/** As it is shown: from the repository's folder. */
export const nameOf = ({ path, called = '' }: Location): string =>
  called === '' ? path : `${called}/${path}`

/** The folders that `git rev-parse --git-dir` and `--git-common-dir` name, without the time that git takes to start. */
function gitFoldersOf(root: string): { readonly ours: string; readonly shared: string } | null {
  try {
    const ours = gitFolderAt(join(root, '.git'))
    if (!existsSync(join(ours, 'HEAD'))) return null
    return { ours, shared: resolve(ours, commonOf(ours)) }
  } catch {
    return null // No repository.
  }
}

/** A working tree made by `git worktree add` names there what it shares with the others. */
function commonOf(ours: string): string {
  try {
    return readFileSync(join(ours, 'commondir'), 'utf8').trimEnd()
  } catch {
    return '.'
  }
}
