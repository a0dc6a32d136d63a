import { stripVTControlCharacters } from 'node:util'
import { expect, test } from 'vitest'
import type { Course, Step } from '../course/read-course.ts'
import { expectationOf, lineOf, neighbourhood, pictureOf } from './step-picture.ts'

const lesson = `# Fake it

One sentence with \`code\`, **bold** and a [link](https://example.org). ${'Another one. '.repeat(20)}

A second paragraph.
`

/** A chapter of `tests` cycles, a red and a green each. */
const chapter = (slug: string, tests: number, first = 1, long = ''): readonly Step[] =>
  Array.from({ length: tests * 2 }, (_, index): Step => {
    const number = first + index
    const red = index % 2 === 0
    return {
      number,
      phase: red ? 'red' : 'green',
      slug: `step-${number}`,
      folder: `${number}-step`,
      title: `${long.repeat(20)}Title ${number}`,
      contract: {
        chapter: slug,
        ...(red && {
          fails: {
            file: `test/${slug}.test.ts`,
            test: `${long.repeat(20)}test ${index / 2 + 1}`,
            error: 'TypeError',
            message: `${long.repeat(20)}no such\nthing`,
          },
        }),
        does: '',
        changes: [],
        removes: [],
        hints: [],
        wrong: [],
      },
      lesson,
      files: new Map(),
    }
  })

const course: Course = { root: '', steps: [...chapter('first', 2), ...chapter('second-one', 20, 5)] }
const plain = (lines: readonly string[]) => lines.map((line) => stripVTControlCharacters(line))
const step = (number: number) => course.steps[number - 1]!

test('the picture shows where I am in the course and in the test list of the chapter', () => {
  expect(plain(pictureOf(course, step(3)))).toEqual([
    'Step 3 of 44 · ✗ RED · Title 3',
    '',
    'Chapter 1 of 2 · first',
    '✗✓✗·  3 of 4 steps',
    '  [✓] test 1',
    '  [✗] test 2',
    '',
    'The idea   One sentence with `code`, bold and a link. Another one. Another',
    '           one. Another one. Another one. Another one. Another one. Another',
    '           one. Another one. Another one. Another one.',
    'Lesson     steps/3-step/README.md',
  ])
})

test('the idea of a lesson does not end within a bracket', () => {
  const bracket = `# Title\n\n${'One sentence more. '.repeat(8)}(No test would notice. ${'Write one, or two. '.repeat(2)}) The rest. And more.\n`
  const here = { ...step(3), lesson: bracket }
  const said = plain(pictureOf({ root: '', steps: course.steps.with(2, here) }, here))
    .join(' ')
    .replace(/\s+/g, ' ')
  expect(said).toContain('Write one, or two. )')
  expect(said).not.toContain('And more.')
})

test('the idea of a lesson that begins with code is the prose after it', () => {
  const coded =
    '# Title\n\n<!-- from: src/index.ts -->\n```ts\nconst one = 1\n\nconst two = 2\n```\n\nTwo numbers.\n'
  const here = { ...step(3), lesson: coded }
  expect(plain(pictureOf({ root: '', steps: course.steps.with(2, here) }, here))).toContain(
    'The idea   Two numbers.',
  )
})

test.each([
  [5, ['[✗] test 1', '[ ] test 2', '[ ] test 3', '…   17 to come after these']],
  [24, ['✓   8 before these', '[✓] test 9', '[✓] test 10', '[ ] test 11', '…   9 to come after these']],
  [44, ['✓   17 before these', '[✓] test 18', '[✓] test 19', '[✓] test 20']],
])('a long test list is shown around the test at hand: step %i', (number, list) => {
  const lines = plain(pictureOf(course, step(number), 3))
  const from = lines.indexOf('Chapter 2 of 2 · second one') + 2
  expect(lines.slice(from, lines.indexOf('', from)).map((line) => line.trim())).toEqual(list)
})

test('no line is longer than 80 columns, however long the course and its titles are', () => {
  const long: Course = { root: '', steps: [...chapter('a', 60, 1, 'very long '), ...chapter('b', 30, 121)] }
  const here = long.steps[100]!
  const lines = [
    ...pictureOf(long, here),
    ...expectationOf(here),
    ...neighbourhood(long, here),
    lineOf(here, here),
  ]
  for (const line of plain(lines)) expect(line.length, line).toBeLessThanOrEqual(79)
})

test('what a red is expected to say is one line of its message', () => {
  expect(plain(expectationOf(step(1)))).toEqual([
    'Expected   This step is supposed to fail: 1 test, TypeError: no such',
  ])
})

test.each([
  [1, [1, 2, 3, 4, 5]],
  [20, [18, 19, 20, 21, 22]],
  [44, [40, 41, 42, 43, 44]],
])('around step %i there is something to choose from', (number, shown) => {
  expect(plain(neighbourhood(course, step(number))).map((line) => Number(line.slice(2, 5)))).toEqual(shown)
})
