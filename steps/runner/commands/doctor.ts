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

const well = (says: string): Diagnosis => ({ kind: 'well', says })
const note = (says: string): Diagnosis => ({ kind: 'note', says })
const ill = (says: string, type: string): Diagnosis => ({ kind: 'ill', says, type })

/** `npm run step doctor`: what the course needs on this machine: what is right, what is not, and what to type. */
export const doctor: Command = ({ course, problems }) => {
  const { root } = course
  const found: readonly Diagnosis[] = [
    // Older ones do not come this far.
    well(`Node ${process.versions.node}`),
    packages(root),
    steps(problems.length, course.steps.length),
    ...repository(root),
    course.steps.length > 0 ? position(course) : note('No position without steps'),
    saves(root),
  ]
  say('')
  for (const one of found) {
    const mark = { well: lights.green.shape, note: '·', ill: lights.red.shape }[one.kind]
    say(...marked(mark, one.says).map((line) => (one.kind === 'ill' ? paint('red', line) : line)))
    if (one.kind === 'ill') say(`  Type: ${one.type}`)
  }
  const wrong = found.filter(({ kind }) => kind === 'ill').length
  const summary = `${wrong === 1 ? 'One thing is' : `${wrong} things are`} not right.`
  say('', wrong === 0 ? 'All is well: npm run step' : summary, '')
  return wrong === 0 ? 0 : 1
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
  if (missing.length === 0) return well('The packages are installed')
  return ill(`These packages are missing: ${missing.join(', ')}`, 'npm ci')
}

function steps(problems: number, count: number): Diagnosis {
  if (problems === 0) return well(`The course is whole: ${count} steps`)
  const places = problems === 1 ? 'one place' : `${problems} places`
  return ill(`The course is damaged in ${places}`, 'git status steps, or: npm run step verify')
}

function repository(root: string): readonly Diagnosis[] {
  const { status, stdout, why } = git(root, ['--version'])
  if (status !== 0) {
    const says = `git could not be started (${why}): no commits, no diff`
    return [ill(says, 'install it from https://git-scm.com')]
  }
  return [well(stdout.trim()), hookOf(root)]
}

function hookOf(root: string): Diagnosis {
  const hook = installedHook(root)
  switch (hook.kind) {
    case 'installed':
      return well('The pre-commit hook is installed')
    case 'missing':
      return ill('The pre-commit hook is not installed', 'npm run prepare')
    case 'others':
      return ill(
        `Git runs the hooks in ${hook.folder}, and those do not run the course's: what you commit is not checked`,
        `${hook.chain} (a line for the pre-commit hook there; docs/team-leads.md)`,
      )
    case 'no repository':
      return note('This folder is not a Git repository: nothing to commit to, no hooks')
    case 'refused':
      return ill(
        `Git does not work here: ${hook.why.split('\n', 1)[0]}`,
        hook.why.includes('dubious ownership')
          ? `git config --global --add safe.directory "${root}" (when you trust its owner)`
          : 'git status',
      )
  }
}

function position(course: Course): Diagnosis {
  const where = readPosition(course)
  if (where.kind === 'at' || where.kind === 'none') {
    const { files } = readTree(course.root)
    if (isUntouched(course, files)) return well('You have not begun yet: npm run step 1')
    return well(`You stand at step ${probablyAt(course, files).number}`)
  }
  if (where.kind === 'between') {
    const { number } = where.to
    return ill(`The walk to step ${number} was cut short`, `npm run step ${number}`)
  }
  return ill(
    `${nameOf(locationsOf(course.root).position)} cannot be read (${where.why})`,
    'npm run step   (it finds out where your code stands, and sets that file aside)',
  )
}

function saves(root: string): Diagnosis {
  const folder = locationsOf(root).saves
  try {
    accessSync(makeFolder(folder), constants.W_OK)
    return well(`Your work can be saved; saves so far: ${listSaves(root).length}`)
  } catch (error) {
    const says = `Your work cannot be saved in ${nameOf(folder)} (${reasonOf(error)})`
    return ill(says, 'make that folder writable, or move what is in its place')
  }
}
