import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { loadCourse, type Course } from '../course/read-course.ts'
import { answer, answerAt, answeredSteps, slugsIn } from './another-answer.ts'

type Phase = Course['steps'][number]['phase']

const { course } = loadCourse(fileURLToPath(new URL('../../..', import.meta.url)))

test('a line of the other answer stands from its step on, or before it', () => {
  const text = 'a\n  //# from one\nb\n//# from two\nc\n//# before\nd\n//# end\n//# before\ne\n//# end\nf'

  expect(answerAt(text, new Set())).toBe('a\ne\nf')
  expect(answerAt(text, new Set(['one']))).toBe('a\nb\nd\nf')
  expect(answerAt(text, new Set(['one', 'two']))).toBe('a\nb\nc\nf')
  expect([...slugsIn(text)]).toEqual(['one', 'two'])
})

test('the other answer speaks of steps that are there', () => {
  const slugs = new Set(course.steps.map(({ slug }) => slug))
  expect(
    [...slugsIn(answer)].filter((slug) => !slugs.has(slug)),
    'marks in steps/runner/testkit/another-answer.template of steps that are not there: give them the new slug',
  ).toEqual([])
})

test('a cycle may leave its lines to the end of its chapter', () => {
  const step = (number: number, chapter: string, phase: Phase, writes = true) => ({
    number,
    phase,
    files: new Map(writes ? [['src/index.ts', Buffer.from('')]] : []),
    contract: { chapter },
  })
  const steps = [
    step(1, 'a', 'red'),
    step(2, 'a', 'green'),
    step(3, 'a', 'red'),
    // Without lines of its own: they may be there already, and then the red does not fail; or what comes after it
    // does not pass, up to the end of the chapter.
    step(4, 'a', 'green', false),
    step(5, 'a', 'red'),
    step(6, 'a', 'green'),
    step(7, 'a', 'red'),
    step(8, 'a', 'green'),
    step(9, 'a', 'refactor'),
    step(10, 'b', 'red'),
    step(11, 'b', 'green'),
  ]
  const answered = answeredSteps({ ...course, steps: steps as unknown as Course['steps'] })
  expect(answered.map(({ number }) => number)).toEqual([1, 2, 8, 9, 10, 11])
})
