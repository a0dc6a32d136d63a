import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { everyStep, passingSteps, writeHistory } from '../authoring/history.ts'
import { loadCourse } from '../course/read-course.ts'
import { git } from '../system/git.ts'
import { temporaryFolder } from '../system/temporary-folder.ts'

// `npm run publish-history`: the course as a Git history, pushed to `origin`. Each change of the course makes another
// history, so the branches and tags are replaced by force; nothing else of the repository is touched.

const repository = process.env['TDD_COURSE_ROOT'] ?? fileURLToPath(new URL('../../..', import.meta.url))

/** Whether git did it; says on standard error why not. */
function gitDoes(...args: readonly string[]): boolean {
  const { status, why } = git(repository, args)
  if (status !== 0) process.stderr.write(`${why}\n`)
  return status === 0
}

using made = temporaryFolder('history', (folder) => ({ history: join(folder, 'course.git') }))
writeHistory(loadCourse(repository).course, made.history)
// The checkout's own credentials: it is the checkout that fetches the history and pushes it on.
const refs = [
  [`refs/heads/${everyStep}`, 'refs/heads/history'],
  [`refs/heads/${passingSteps}`, 'refs/heads/history-passing'],
  ['refs/tags/*', 'refs/tags/history/*'],
] as const
const here = 'refs/publish/'
const fetched = refs.map(([from, to]) => `+${from}:${here}${to}`)
const pushed = refs.map(([, to]) => `${here}${to}:${to}`)
const done =
  gitDoes('fetch', '--quiet', '--no-tags', made.history, ...fetched) &&
  gitDoes('push', '--quiet', '--force', 'origin', ...pushed)
if (done) process.stdout.write(' ✓ The history is on the branches history and history-passing.\n')
else {
  process.stderr.write('\n ✗ The history could not be pushed to origin; git says why above.\n\n')
  process.exitCode = 1
}
