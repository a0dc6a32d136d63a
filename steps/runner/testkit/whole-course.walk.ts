import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { answeredOtherwise, answeredSteps, problemsAt } from './another-answer.ts'
import { loadCourse } from '../course/read-course.ts'
import { walkOn } from './walk-with-next.ts'

const { course } = loadCourse(fileURLToPath(new URL('../../..', import.meta.url)))

test('with the other answer every red fails as announced, and every green and refactor holds', async () => {
  const other = answeredOtherwise(course)
  expect(await problemsAt(other, answeredSteps(other))).toEqual([])
})

test('a learner with another answer walks the whole course with next, and src/ stays their own', async () => {
  expect(await walkOn(course, 1)).toHaveLength(course.steps.length - 1)
})
