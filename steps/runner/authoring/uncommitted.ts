import type { Course, Step } from '../course/read-course.ts'
import { gitSays } from '../system/git.ts'
import { Refusal } from '../system/refusal.ts'

/**
 * What stands in the folders of these steps and is in no commit: changed, new or only staged files, from the root.
 *
 * @throws {Refusal} when git cannot say.
 */
export function notCommitted({ root }: Course, steps: readonly Step[]): readonly string[] {
  const folders = steps.map(({ folder }) => `steps/${folder}`)
  const options = '--porcelain -z --no-renames --untracked-files=all --ignored'.split(' ')
  const stdout = gitSays(
    root,
    ['status', ...options, '--', ...folders],
    () =>
      new Refusal(
        'Whether git has what would be gone cannot be seen, so nothing was touched.',
        'Is git installed, and is this a clone? Look with: npm run step doctor',
      ),
  )
  // Two letters about it and a blank stand before each path.
  return stdout.split('\0').flatMap((entry) => (entry === '' ? [] : entry.slice(3)))
}
