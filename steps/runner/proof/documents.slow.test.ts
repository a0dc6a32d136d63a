import { mkdirSync, readdirSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { afterEach, expect, test, vi } from 'vitest'
import { blocksOf } from '../course/marked-blocks.ts'
import { outputsOf, staleDocs, staleLessons, stalePictures } from './documents.ts'
import { renew } from './stale-file.ts'
import { ThrowawayCourse } from '../testkit/throwaway-course.ts'

afterEach(() => vi.unstubAllEnvs())

const proof = { problems: [], proven: ['5 steps'] }
const shown = 'Look.\n\n<!-- run: npm run step verify -->\n```text\nold\n```\n'

/** A whole repository, small: what the throw-away copy takes along is there. */
const repository = () =>
  new ThrowawayCourse().types({
    'package.json': '{}',
    'tsconfig.json': '{}',
    'vitest.config.ts': '',
    'configs/.keep': '',
    'README.md': shown,
    'docs/more.md':
      '<!-- run: rm -rf / -->\n```text\n```\n\n<!-- from: src/index.ts -->\n```ts\nnot in it\n```\n',
  })

/** A folder for temporary files of this test alone. */
function temporaryIn(course: ThrowawayCourse): string {
  const folder = course.path('tmp')
  mkdirSync(folder)
  vi.stubEnv('TMPDIR', folder).stubEnv('TEMP', folder)
  expect(tmpdir()).toBe(folder)
  return folder
}

test('names what a document shows and a command does not print, and writes it anew', async () => {
  using course = repository()
  const stale = staleDocs(course.course, proof, await outputsOf(course.course))
  expect(stale.flatMap(({ problems }) => problems).map(({ where, what }) => [where, what])).toEqual([
    ['README.md', 'it does not show what "npm run step verify" prints now'],
    ['docs/more.md', '"rm -rf /" is not a command that can be shown'],
    ['docs/more.md', 'the block "not in it" is not in src/index.ts at this step'],
  ])

  for (const text of stale) renew(course.course, text)

  expect(course.reads('README.md')).toBe(shown.replace('old', '✓ GREEN The course is proven:\n\n· 5 steps'))
  expect(staleDocs(course.course, proof, new Map()).every(({ text }) => text === null)).toBe(true)
})

test('what a command prints is made in a copy, which it may change and which is gone after it', async () => {
  using course = repository()
  course.deletes('docs').types({ 'README.md': '<!-- run: npm run step 2 -->\n```text\n```\n' })
  const before = course.seen()
  const temporary = temporaryIn(course)

  const outputs = await outputsOf(course.course)

  expect([...outputs.keys()]).toEqual(['npm run step 2'])
  expect(outputs.get('npm run step 2')).toEqual({
    kind: 'printed',
    text: expect.stringMatching(/^Step 2 of 5 · /),
    colored: expect.stringContaining('\u001B['),
  })
  expect(course.seen()).toEqual(before)
  expect(course.reads('.course/position.json')).toBeNull()
  expect(readdirSync(temporary)).toEqual([])
})

test('of a copy that could not be made whole nothing stays', async () => {
  using course = repository()
  course
    .deletes('docs', 'tsconfig.json')
    .types({ 'README.md': '<!-- run: npm run step 2 -->\n```text\n```\n' })
  const temporary = temporaryIn(course)

  await expect(outputsOf(course.course)).rejects.toThrow('tsconfig.json')
  expect(readdirSync(temporary)).toEqual([])
})

test('a document may show the code of a recipe, and it has to be in it', () => {
  using course = repository()
  course.deletes('docs')
  course.types({
    'configs/recipes/one.ts': 'const one = 1\nconst two = 2\n',
    'configs/cache-bench/four.ts': 'const four = 4\n',
    'README.md':
      '<!-- from: configs/recipes/one.ts -->\n```ts\nconst two = 2\n```\n\n<!-- from: configs/recipes/one.ts -->\n```ts\nconst three = 3\n```\n\n<!-- from: configs/cache-bench/four.ts -->\n```ts\nconst four = 4\n```\n',
  })
  expect(
    staleDocs(course.course, proof, new Map())
      .flatMap(({ problems }) => problems)
      .map(({ what }) => what),
  ).toEqual(['the block "const three = 3" is not in configs/recipes/one.ts at this step'])
})

test('writes the failure that a lesson shows anew', () => {
  using course = repository()
  const path = 'steps/04-red-negates/README.md'
  course.types({ [path]: `${course.reads(path)}\n<!-- failure -->\n\`\`\`\nError: of old\n\`\`\`\n` })
  const thrown = {
    name: 'TypeError',
    message: 'sum.negate is not a function',
    expected: null,
    received: null,
  }

  for (const text of staleLessons(course.course, { failures: new Map([[4, thrown]]) })) {
    renew(course.course, text)
  }

  expect(blocksOf(course.reads(path) ?? '').map(({ text }) => text)).toEqual([
    'TypeError: sum.negate is not a function\n',
  ])
})

test('draws what commands print, and names a picture of something else', async () => {
  using course = repository()
  course.deletes('docs').types({ 'README.md': '<!-- drawn: npm run step 2 -->\n![Step 2](docs/two.svg)\n' })
  const outputs = await outputsOf(course.course)
  const found = stalePictures(course.course, outputs)
  expect(found.flatMap(({ problems }) => problems)).toEqual([
    {
      step: null,
      where: 'docs/two.svg',
      what: 'it does not show what "npm run step 2" prints now',
      fix: 'npm run step docs draws it anew',
    },
  ])

  for (const picture of found) renew(course.course, picture)

  expect(course.reads('docs/two.svg')).toMatch(/class="green">✓ GREEN<\/text>/)
  expect(stalePictures(course.course, outputs)).toEqual([])
})

test('says what keeps a picture from being drawn', () => {
  using course = repository()
  course.deletes('docs').types({
    'README.md':
      '<!-- drawn: npm run step 2 -->\n\nNo image.\n\n<!-- drawn: rm -rf / -->\n![All gone](docs/gone.svg)\n',
  })
  const printed = { kind: 'printed', text: '', colored: '' } as const
  const found = stalePictures(course.course, new Map([['npm run step 2', printed]]))
  expect(found.flatMap(({ problems }) => problems).map(({ what }) => what)).toEqual([
    'no image comes after <!-- drawn: … -->',
    '"rm -rf /" is not a command that can be shown',
  ])
  for (const picture of found) renew(course.course, picture)
  expect(course.reads('docs/gone.svg')).toBeNull()
})
