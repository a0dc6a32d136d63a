import { expect, test } from 'vitest'
import { ThrowawayCourse } from '../../testkit/throwaway-course.ts'
import { checkWrongAnswers } from './wrong-answers.ts'

const contract = (chapter: string, more = '') =>
  `chapter: ${chapter}\n${more}hints:\n  - Gently.\n  - Plainly.\n`

/** The lesson of the step in this folder, and its contract. */
const texts = (folder: string, written: string) => ({
  [`steps/${folder}/README.md`]: '# A step\n\nWhy.\n',
  [`steps/${folder}/step.yaml`]: written,
})

const red = (chapter: string, name: string) =>
  contract(
    chapter,
    `does: ${name}\nfails:\n  test: ${name}\n  error: Error\n  message: Cannot find module '../src/${chapter}.ts'\n`,
  )

const wrong = 'wrong:\n  - { mistake: says nothing, file: src/two.ts, replace: a, with: b }\n'

test('wants one of every green', () => {
  const folder = (number: number) => String(number).padStart(2, '0')
  const chapters = ['one', 'two', 'three']
  const files = chapters.flatMap((chapter, index) => [
    texts(`${folder(2 * index + 1)}-red-${chapter}`, red(chapter, chapter)),
    texts(`${folder(2 * index + 2)}-green-${chapter}`, contract(chapter, chapter === 'two' ? wrong : '')),
  ])
  using course = new ThrowawayCourse(Object.assign({}, ...files))
  const problems = checkWrongAnswers({
    course: course.course,
    wrongs: [],
    wrongResults: { files: new Map(), strays: [], coverage: null },
  })
  expect(Array.from(problems, ({ where }) => where)).toEqual([
    'steps/02-green-one/step.yaml',
    'steps/06-green-three/step.yaml',
  ])
})
