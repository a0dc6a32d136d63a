import { expect, test } from 'vitest'
import { ThrowawayCourse } from '../../testkit/throwaway-course.ts'

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

const wrong = (mistake: string, replace: string, replacement: string) =>
  `  - mistake: ${mistake}\n    file: src/sum.ts\n    replace: ${replace}\n    with: ${JSON.stringify(replacement)}\n`

test('names every wrong answer that its test does not catch', async () => {
  using course = new ThrowawayCourse({
    ...texts('01-red-adds', red('sum', 'adds')),
    'steps/01-red-adds/test/sum.test.ts': `import { expect, test } from 'vitest'
import { add } from '../src/sum.ts'

test('adds', async () => {
  expect(await add(1, 2)).toBe(3)
})
`,
    ...texts(
      '02-green-sum',
      contract(
        'sum',
        `wrong:\n${wrong('subtracts', '+', '-')}${wrong('adds twice nothing', 'other }', 'other + 0 }')}${wrong('is not a program', 'return', '((')}${wrong('never answers', 'return one + other', 'return new Promise<number>(() => {})')}${wrong('is nowhere', 'nowhere', '')}${wrong('crashes', 'return one', 'return null!.one')}`,
      ),
    ),
    'steps/02-green-sum/src/sum.ts':
      'export const add = (one: number, other: number): number | Promise<number> => { return one + other }\n',
  })
  const { status, stderr } = await course.step('verify', 'tests')
  const said = stderr.replaceAll(/\s+/g, ' ')
  expect(status).toBe(1)
  expect(said).toContain('5 problems')
  expect(said).toContain('wrong answer "adds twice nothing": the test of its red passes all the same')
  expect(said).toContain('wrong answer "is not a program": its test does not fail, it cannot run')
  expect(said).toContain('wrong answer "never answers": its test does not fail, it timed out after 5 s')
  expect(said).toContain('wrong answer "is nowhere": the place to change is in src/sum.ts not at all')
  expect(said).toContain('wrong answer "crashes": it does not answer wrongly, it crashes: TypeError:')
  expect(said).not.toContain('subtracts')
})
