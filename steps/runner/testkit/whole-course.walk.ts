import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { loadCourse } from '../course/read-course.ts'
import { walkOn } from './walk-with-next.ts'

const { course } = loadCourse(fileURLToPath(new URL('../../..', import.meta.url)))

test('a learner with another answer walks the whole course with next, and src/ stays their own', () => {
  expect(walkOn(course, 1)).toHaveLength(course.steps.length - 1)
})
