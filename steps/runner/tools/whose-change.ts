import { appendFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { readTree } from '../course/read-tree.ts'
import { loadCourse } from '../course/read-course.ts'
import { baseAt } from '../report/base.ts'
import { learnersStep } from '../report/learner.ts'

// `npm run change main`: whether what differs from `main` is a change of this project, or a learner's own walk through the
// course. Workflows ask this first: what holds for the finished course does not hold in the middle of it.

const root = process.env['TDD_COURSE_ROOT'] ?? fileURLToPath(new URL('../../..', import.meta.url))
const ref = process.argv[2] ?? 'main'

try {
  using base = baseAt(root, ref)
  const { course } = loadCourse(root)
  const step = learnersStep(course, readTree(root).files, base.changed)
  console.log(
    step
      ? `This is a learner's own walk, about at step ${step.number} of ${course.steps.length}.`
      : 'This is a change of the project.',
  )
  const { GITHUB_OUTPUT } = process.env
  if (GITHUB_OUTPUT) appendFileSync(GITHUB_OUTPUT, `learner=${String(step !== null)}\n`)
} catch (error) {
  console.error(`✗ ${error instanceof Error ? error.message : String(error)}`)
  process.exitCode = 1
}
