import { expect, test } from 'vitest'
import { foldsOf } from '../../course/state.ts'
import type { Thrown } from '../../test-runs/test-results.ts'
import { ThrowawayCourse } from '../../testkit/throwaway-course.ts'
import { checkProse } from './prose.ts'

const thrown: Thrown = {
  name: 'AssertionError',
  message: 'sum at 127.0.0.1:4711: expected 2 to be 20 // Object.is equality',
  expected: '20',
  received: 'Sum {\n  one: 1,\n  secret: true,\n  other: 1,\n}',
}

const block = (mark: string, text: string) => `${mark}\n\`\`\`\n${text}\n\`\`\`\n\n`

/** What is said about a green whose lesson has these blocks. */
function saidOf(...blocks: readonly string[]): readonly string[] {
  using course = new ThrowawayCourse({
    'steps/01-green-sum/README.md': `# A\n\n${blocks.join('')}`,
    'steps/01-green-sum/step.yaml': 'chapter: sum\n',
    'steps/01-green-sum/src/sum.ts': 'export function sum() {\n  return 20\n}\n',
  })
  const problems = checkProse({
    course: course.course,
    folds: foldsOf(course.course),
    failures: new Map([[1, thrown]]),
  })
  return Array.from(problems, ({ what }) => what)
}

test('has nothing to say about blocks that are true', () => {
  expect(
    saidOf(
      block('<!-- failure -->', 'AssertionError: sum at 127.0.0.1:999: expected 2 to be 20'),
      block('<!-- failure -->', '+   one: 1,\n    …\n+   other: 1,'),
      block('<!-- from: src/sum.ts -->', '    return 20\n  }'),
      block('<!-- told: it was long ago -->', 'Once.'),
      '```sh\nnpm test && npm run step 1 # or 2\nnpm run step check\nnpm run step restore K\nnpm ci\n```\n',
      '- in a list:\n\n  <!-- from: src/sum.ts -->\n  ~~~ts\n  return 20\n  ~~~\n',
    ),
  ).toEqual([])
})

test('an end is where it is said to be', () => {
  const lesson = '# A\n\nThe end of part 1.\n\n## The end of the course\n'
  using course = new ThrowawayCourse({
    'steps/01-refactor-a/README.md': lesson,
    'steps/01-refactor-a/step.yaml': 'chapter: connection\n',
    'steps/02-refactor-b/README.md': lesson,
    'steps/02-refactor-b/step.yaml': 'chapter: connection\n',
  })
  const { course: read } = course
  const problems = checkProse({ course: read, folds: foldsOf(read), failures: new Map() })
  expect(Array.from(problems, ({ step, what }) => [step, what])).toEqual([
    ['01-refactor-a', 'it says "end of part 1", but steps come after it'],
    ['01-refactor-a', 'it says "end of the course", but steps come after it'],
  ])
})

test('names every block that is not true, and every line number', () => {
  expect(
    saidOf(
      block('<!-- failure -->', 'AssertionError: expected 3 to be 20'),
      block('<!-- failure -->', 'AssertionError: sum at 127.0.0.1:999: expected 2 to be 2'),
      block('<!-- failure -->', 'other: 1,\n…\none: 1,'),
      block('<!-- failure -->', '…'),
      block('<!-- from: src/sum.ts -->', ''),
      block('<!-- from: src/sum.ts -->', 'return 2'),
      block('<!-- from: src/sum.ts -->', 'function sum() {'),
      block('<!-- from: src/gone.ts -->', 'return 20'),
      block('<!-- told: -->', 'Once.'),
      block('', 'TypeError: who knows'),
      'Look at line 3.\n',
    ),
  ).toEqual([
    'the block "AssertionError: expected 3 to be 20" is not what its red says: AssertionError: sum at 127.0.0.1:4711: expected 2 to be 20',
    'the block "AssertionError: sum at 127.0.0.1:999: expected 2 to be 2" is not what its red says: AssertionError: sum at 127.0.0.1:4711: expected 2 to be 20',
    'the block "other: 1," is not what its red says: AssertionError: sum at 127.0.0.1:4711: expected 2 to be 20',
    'the block "…" is not what its red says: AssertionError: sum at 127.0.0.1:4711: expected 2 to be 20',
    'the block "" is not in src/sum.ts at this step',
    'the block "return 2" is not in src/sum.ts at this step',
    'the block "function sum() {" is not in src/sum.ts at this step',
    'the block "return 20" is not in src/gone.ts at this step',
    'the block "Once." does not say why it is only told',
    'the block "TypeError: who knows" is not checked',
    'it says "line 3", but lines move with every edit',
  ])
})

test.each([
  ['between tildes', '~~~ts\nreturn 20\n~~~\n'],
  ['between four backticks', '````\nreturn 20\n````\n'],
  ['indented', 'Look:\n\n    return 20\n'],
  ['in a list', '- look:\n\n  ```ts\n  return 20\n  ```\n'],
  ['in a quotation', '> ```ts\n> return 20\n> ```\n'],
  ['in HTML', '<pre>\nreturn 20\n</pre>\n'],
  ['in a language with more words', '```ts title="sum.ts"\nreturn 20\n```\n'],
])('sees the code %s', (_, text) => {
  expect(saidOf(text)).toEqual([expect.stringMatching(/^the block ".*" is not checked$/)])
})

test('names what cannot be typed', () => {
  expect(
    saidOf('```sh\nnpm run step chekc\nnpm run step 2; npm run step 0\nnpm run step verify\n```\n'),
  ).toEqual([
    '"npm run step chekc" is nothing that can be typed',
    '"npm run step 2" is nothing that can be typed',
    '"npm run step 0" is nothing that can be typed',
  ])
})
