import { expect, test } from 'vitest'
import { readLesson } from './read-lesson.ts'

const where = 'steps/01-red-answers-ping/README.md'

test.each([
  ['# Answers PING\n\nA lesson.\n', 'Answers PING'],
  ['# Answers `PING`, # and more  \n\nA lesson.\n', 'Answers `PING`, # and more'],
  ['\uFEFF# Answers PING\r\n\r\nA lesson.\r\n', 'Answers PING'],
])('the heading of %j is the title', (text, title) => {
  expect(readLesson(text, where)).toEqual({ title, lesson: text.replace('\uFEFF', '').trim(), problems: [] })
})

test.each([
  '',
  'A lesson.',
  '## Answers PING',
  '#Answers PING',
  '# \n\nA lesson.',
  '---\ntitle: x\n---\n\n# X\n',
])('complains about %j, which has no title', (text) => {
  expect(readLesson(text, where)).toMatchObject({
    title: '',
    problems: [
      { where, what: 'it does not begin with a heading', fix: expect.stringContaining('step.yaml') },
    ],
  })
})

test('a title with control characters is a problem', () => {
  expect(readLesson('# Clear \u001B[2J the screen\n', 'README.md').problems).toMatchObject([
    { where: 'README.md', what: 'its title holds control characters' },
  ])
  expect(readLesson('# One\r\ntwo\n', 'README.md')).toMatchObject({ title: 'One', problems: [] })
})
