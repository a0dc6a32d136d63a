import { below, type Location } from '../system/locations.ts'
import { temporaryFolder } from '../system/temporary-folder.ts'
import { makeFolder, writeFile } from '../system/write-file.ts'
import type { Command } from './command.ts'
import { standingAt } from '../workspace/standing.ts'
import { readSave, saveNumbered } from '../workspace/saves.ts'
import type { Course } from '../course/read-course.ts'
import { Refusal, reasonOf } from '../system/refusal.ts'
import { ownedPaths, stateAt, type State } from '../course/state.ts'
import { stepNumbered } from '../course/steps.ts'
import { letPrint, say } from '../terminal/print.ts'
import { readTree } from '../course/read-tree.ts'

/** `npm run step diff 12`: what step 12 changed. Without a number: my work against the course's step where I stand;
 * with `save 3`: against save 3. */
export const diff: Command = async ({ course, words }) => {
  if (words[0] === 'save') return sinceSave(course, words[1])
  const typed = words[0]
  if (typed !== undefined) {
    const step = stepNumbered(course, typed)
    if (!step) {
      const what = `There is no step ${typed}: the course has the steps 1 to ${course.steps.length}.`
      throw new Refusal(what, 'Type one of them: npm run step diff N, or nothing: npm run step diff')
    }
    const before = stateAt(course, step.number - 1)
    return show('before', before, `step-${step.number}`, stateAt(course, step.number))
  }
  const here = await standingAt(course)
  const owned = ownedPaths(course)
  const mine = new Map([...readTree(course.root).files].filter(([path]) => owned.has(path)))
  return show(`step-${here.number}`, stateAt(course, here.number), 'mine', mine)
}

/** What I have changed since a save: of all files, mine as well. */
function sinceSave(course: Course, typed: string | undefined): number {
  const save = saveNumbered(course.root, typed, 'compare with')
  return show(`save-${save.number}`, readSave(course.root, save), 'mine', readTree(course.root).files)
}

/** git's own diff: coloured and paged as the learner is used to. It compares folders, so each state becomes one. */
function show(beforeName: string, before: State, afterName: string, after: State): number {
  using both = temporaryFolder('diff', (folder) => {
    write({ root: folder, path: beforeName }, before, after)
    write({ root: folder, path: afterName }, after, before)
    return { folder }
  })
  const color = process.env['NO_COLOR'] ? ['--no-color'] : []
  const { status, error } = letPrint(
    'git',
    ['-c', 'core.autocrlf=false', 'diff', '--no-index', '--no-prefix', ...color, beforeName, afterName],
    both.folder,
  )
  if (error) {
    throw new Refusal(
      `The difference is shown by git, which could not be started (${reasonOf(error)}).`,
      'Install it from https://git-scm.com, then try again.',
    )
  }
  if (status === 0) say('', `No differences: ${beforeName} and ${afterName} are the same, byte for byte.`, '')
  return 0
}

/** Files that the other state holds with the same bytes need no comparing. */
function write(folder: Location, state: State, other: State): void {
  makeFolder(folder)
  for (const [path, bytes] of state) {
    if (!other.get(path)?.equals(bytes)) writeFile(below(folder, path), bytes)
  }
}
