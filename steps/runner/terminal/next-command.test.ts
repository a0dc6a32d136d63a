import { expect, test } from 'vitest'
import { stepTexts, ThrowawayCourse } from '../testkit/throwaway-course.ts'
import { nextCommand } from './next-command.ts'

const courseOf = (...slugs: readonly string[]) => {
  using there = new ThrowawayCourse(
    Object.assign({}, ...slugs.map((slug, index) => stepTexts(`0${index + 1}-green-a${index}`, 'A', slug))),
  )
  return there.course
}

const linesAt = (course: ReturnType<typeof courseOf>, number: number) =>
  nextCommand(course, course.steps[number - 1]!).map((line) => line.trimEnd())

test('a chapter that is done says what it was about, what comes, and how long that takes', () => {
  const course = courseOf('connection', 'connection', 'ttl')
  expect(linesAt(course, 1)[0]).toMatch(/^Next/)
  expect(linesAt(course, 2).slice(0, 2)).toEqual([
    'Done       Chapter 1, connection: the first test designs the API.',
    '           Then comes chapter 2, ttl, about 5 minutes: a fake clock.',
  ])
})

test('after the last chapter nothing comes', () => {
  const course = courseOf('connection', 'ttl')
  expect(linesAt(course, 2)).toEqual([
    'Done       Chapter 2, ttl: a fake clock.',
    'Next       This is the last step. From the beginning: npm run step 1',
  ])
})

test('a chapter that the map does not have ends without a word', () => {
  expect(linesAt(courseOf('sums', 'ttl'), 1)[0]).toMatch(/^Next/)
})
