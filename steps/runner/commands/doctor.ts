import { accessSync, constants } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import type { Command } from './command.ts'
import { readPosition } from '../workspace/position.ts'
import { locationsOf, nameOf } from '../system/locations.ts'
import { makeFolder } from '../system/write-file.ts'
import { installedHook } from '../gate/installed-hook.ts'
import { git } from '../system/git.ts'
import { reasonOf } from '../system/refusal.ts'
import { listSaves } from '../workspace/saves.ts'
import { isUntouched, probablyAt } from '../workspace/standing.ts'
import type { Course } from '../course/read-course.ts'
import { readTree } from '../course/read-tree.ts'
import { lights, marked, paint, say } from '../terminal/print.ts'

/** What the doctor found in one place. */
type Diagnosis =
  | { readonly kind: 'well'; readonly says: string }
  /** Not needed, only good to know. */
  | { readonly kind: 'note'; readonly says: string }
  | { readonly kind: 'ill'; readonly says: string; readonly type: string }

/** `npm run step doctor`: what the course needs on this machine: what is right, what is not, and what to type. */
export const doctor: Command = ({ course, problems }) => {
  const { root } = course
  const found: readonly Diagnosis[] = [
    // Older ones do not come this far.
    { kind: 'well', says: `Node ${process.versions.node}` },
    packages(root),
    steps(problems.length, course.steps.length),
    ...repository(root),
    course.steps.length > 0 ? position(course) : { kind: 'note', says: 'No position without steps' },
    saves(root),
  ]
  say('')
  for (const one of found) {
    const mark = { well: lights.green.shape, note: '·', ill: lights.red.shape }[one.kind]
    say(...marked(mark, one.says).map((line) => (one.kind === 'ill' ? paint('red', line) : line)))
    if (one.kind === 'ill') say(`  Type: ${one.type}`)
  }
  const ill = found.filter(({ kind }) => kind === 'ill').length
  say(
    '',
    ill === 0
      ? 'All is well: npm run step'
      : `${ill === 1 ? 'One thing is' : `${ill} things are`} not right.`,
    '',
  )
  return ill === 0 ? 0 : 1
}

function packages(root: string): Diagnosis {
  const require = createRequire(join(root, 'package.json'))
  const needed = ['vitest', '@vitest/coverage-v8', 'typescript', 'ioredis', 'ioredis-mock']
  const missing = needed.filter((name) => {
    try {
      return !require.resolve(`${name}/package.json`)
    } catch (error) {
      return reasonOf(error) !== 'ERR_PACKAGE_PATH_NOT_EXPORTED'
    }
  })
  if (missing.length === 0) return { kind: 'well', says: 'The packages are installed' }
  return { kind: 'ill', says: `These packages are missing: ${missing.join(', ')}`, type: 'npm ci' }
}

function steps(problems: number, count: number): Diagnosis {
  if (problems === 0) return { kind: 'well', says: `The course is whole: ${count} steps` }
  return {
    kind: 'ill',
    says: `The course is damaged in ${problems === 1 ? 'one place' : `${problems} places`}`,
    type: 'git status steps, or: npm run step verify',
  }
}

function repository(root: string): readonly Diagnosis[] {
  const { status, stdout, why } = git(root, ['--version'])
  if (status !== 0) {
    const says = `git could not be started (${why}): no commits, no diff`
    return [{ kind: 'ill', says, type: 'install it from https://git-scm.com' }]
  }
  return [{ kind: 'well', says: stdout.trim() }, hookOf(root)]
}

function hookOf(root: string): Diagnosis {
  const hook = installedHook(root)
  switch (hook.kind) {
    case 'installed':
      return { kind: 'well', says: 'The pre-commit hook is installed' }
    case 'missing':
      return { kind: 'ill', says: 'The pre-commit hook is not installed', type: 'npm run prepare' }
    case 'others':
      return {
        kind: 'ill',
        says: `Git runs the hooks in ${hook.folder}, and those do not run the course's: what you commit is not checked`,
        type: `${hook.chain} (a line for the pre-commit hook there; docs/team-leads.md)`,
      }
    case 'no repository':
      return { kind: 'note', says: 'This folder is not a Git repository: nothing to commit to, no hooks' }
    case 'refused':
      return {
        kind: 'ill',
        says: `Git does not work here: ${hook.why.split('\n', 1)[0]}`,
        type: hook.why.includes('dubious ownership')
          ? `git config --global --add safe.directory "${root}" (when you trust its owner)`
          : 'git status',
      }
  }
}

function position(course: Course): Diagnosis {
  const where = readPosition(course)
  if (where.kind === 'at' || where.kind === 'none') {
    const { files } = readTree(course.root)
    if (isUntouched(course, files)) return { kind: 'well', says: 'You have not begun yet: npm run step 1' }
    return { kind: 'well', says: `You stand at step ${probablyAt(course, files).number}` }
  }
  if (where.kind === 'between') {
    const { number } = where.to
    return { kind: 'ill', says: `The walk to step ${number} was cut short`, type: `npm run step ${number}` }
  }
  return {
    kind: 'ill',
    says: `${nameOf(locationsOf(course.root).position)} cannot be read (${where.why})`,
    type: 'npm run step   (it finds out where your code stands, and sets that file aside)',
  }
}

function saves(root: string): Diagnosis {
  const folder = locationsOf(root).saves
  try {
    accessSync(makeFolder(folder), constants.W_OK)
    const count = listSaves(root).length
    return { kind: 'well', says: `Your work can be saved; saves so far: ${count}` }
  } catch (error) {
    return {
      kind: 'ill',
      says: `Your work cannot be saved in ${nameOf(folder)} (${reasonOf(error)})`,
      type: 'make that folder writable, or move what is in its place',
    }
  }
}
