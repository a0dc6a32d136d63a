import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { answeredOtherwise, chapterEnds, problemsAt } from './another-answer.ts'
import { partsOf } from '../course/parts.ts'
import { loadCourse } from '../course/read-course.ts'
import { walkOn } from './walk-with-next.ts'

const { course } = loadCourse(fileURLToPath(new URL('../../..', import.meta.url)))
const other = answeredOtherwise(course)
const last = partsOf(course)[0]?.chapters.at(-1)?.steps.at(-1)?.number ?? 0

test('at the end of every chapter the other answer passes all tests, with full coverage and sound types', async () => {
  const { ends, same } = chapterEnds(other)
  expect(ends.length).toBeGreaterThan(1)
  // What is built on the client is the course's own, whose coverage the proof looks at.
  expect(
    [...(await problemsAt(other, ends)), ...(await problemsAt(other, same, false))],
    'The course has grown? Make its new tests pass in steps/runner/testkit/another-answer.template too, in lines that begin with "//# from <slug of a green of the chapter>"',
  ).toEqual([])
})

test('a learner with another answer walks on with next, and src/ stays their own', async () => {
  // The last cycle of the first part, whose greens have another answer; from the first step on, and to the last of the
  // course, it takes minutes: npm run test:walk
  expect(await walkOn({ ...course, steps: course.steps.slice(0, last) }, last - 3)).toEqual([
    last - 2,
    last - 1,
    last,
  ])
})
