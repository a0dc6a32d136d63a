import { expect, test } from 'vitest'
import { stepTexts, ThrowawayCourse } from '../testkit/throwaway-course.ts'
import { about, minutesFor, partOf, partsOf } from './parts.ts'

const chapters = ['connection', 'ttl', 'ttl', 'pool-hygiene', 'closing', 'exact-answers']

const courseOf = (slugs: readonly string[]) => {
  using there = new ThrowawayCourse(
    Object.assign({}, ...slugs.map((slug, index) => stepTexts(`0${index + 1}-red-a${index}`, 'A', slug))),
  )
  return there.course
}

test('a part reaches from its first chapter to the next part', () => {
  const course = courseOf(chapters)
  expect(partsOf(course)).toMatchObject([
    { number: 1, title: 'the seven behaviours', chapters: [{ slug: 'connection' }, { slug: 'ttl' }] },
    { number: 2, title: 'production', chapters: [{ slug: 'pool-hygiene' }, { slug: 'closing' }] },
    { number: 3, title: 'the semantic cache', chapters: [{ slug: 'exact-answers' }] },
  ])
  expect(partOf(course, 'ttl')?.number).toBe(1)
  expect(partOf(course, 'closing')?.number).toBe(2)
})

test('each step takes its minutes', () => {
  const course = courseOf(chapters)
  const [one, two, three] = partsOf(course)
  expect([one?.minutes, two?.minutes, three?.minutes]).toEqual([15, 14, 8])
  expect(one?.chapters.map((chapter) => minutesFor(course, chapter))).toEqual([5, 10])
})

test('a course without these chapters has no parts', () => {
  const course = courseOf(['sum', 'less'])
  expect([partsOf(course), partOf(course, 'sum')]).toEqual([[], null])
})

test.each([
  [1, 'about 5 minutes'],
  [42, 'about 40 minutes'],
  [88, 'about 90 minutes'],
  [90, 'about 1½ hours'],
  [119, 'about 2 hours'],
  [430, 'about 7 hours'],
])('%i minutes are %s', (minutes, words) => {
  expect(about(minutes)).toBe(words)
})
