import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { chaptersOf } from './chapters.ts'
import { loadCourse } from './read-course.ts'

let root: string
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'course-'))
})
afterEach(() => rmSync(root, { recursive: true, force: true }))

const texts = (folder: string, chapter: string, failing = '') => ({
  [`steps/${folder}/README.md`]: '# A title\n\nA lesson.\n',
  [`steps/${folder}/step.yaml`]: `chapter: ${chapter}\nhints: [a, b]\n${
    failing && `fails: { test: ${failing}, error: Error, message: oh }\n`
  }`,
})

const write = (files: Readonly<Record<string, string>>) => {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true })
    writeFileSync(join(root, path), text)
  }
}

const whereAndWhat = () => loadCourse(root).problems.map(({ where, what }) => `${where}: ${what}`)

test('reads steps in order, with what they hold', () => {
  write({
    ...texts('02-green-fake-it', 'ping'),
    'steps/02-green-fake-it/src/deep/index.ts': 'green',
    ...texts('01-red-answers-ping', 'ping', 'answers'),
    'steps/01-red-answers-ping/test/ping.test.ts': 'red',
    'steps/01-red-answers-ping/.DS_Store': 'litter',
    'steps/runner/start.mjs': 'the runner',
    'steps/README.md': 'no step',
  })
  const { course, problems } = loadCourse(root)
  expect(problems).toEqual([])
  expect(course.steps).toMatchObject([
    {
      number: 1,
      phase: 'red',
      slug: 'answers-ping',
      folder: '01-red-answers-ping',
      lesson: '# A title\n\nA lesson.',
    },
    { number: 2, phase: 'green', slug: 'fake-it', folder: '02-green-fake-it', title: 'A title' },
  ])
  expect(course.steps.map(({ files }) => files)).toEqual([
    new Map([['test/ping.test.ts', Buffer.from('red')]]),
    new Map([['src/deep/index.ts', Buffer.from('green')]]),
  ])
})

test('ticks the test list of a chapter at the green after each red', () => {
  write({
    ...texts('01-red-a', 'set-get', 'first'),
    ...texts('02-green-a', 'set-get'),
    ...texts('03-refactor-a', 'set-get'),
    ...texts('04-red-b', 'set-get', 'second'),
    ...texts('05-green-b', 'set-get'),
    ...texts('06-red-c', 'ttl', 'third'),
  })
  expect(chaptersOf(loadCourse(root).course)).toMatchObject([
    {
      number: 1,
      slug: 'set-get',
      title: 'set get',
      steps: [{ number: 1 }, { number: 2 }, { number: 3 }, { number: 4 }, { number: 5 }],
      tests: [
        { does: 'first', red: 1, green: 2 },
        { does: 'second', red: 4, green: 5 },
      ],
    },
    {
      number: 2,
      slug: 'ttl',
      title: 'ttl',
      steps: [{ number: 6 }],
      tests: [{ does: 'third', red: 6, green: null }],
    },
  ])
})

test('names everything that is wrong with the folders', () => {
  write({
    ...texts('01-red-a', 'x', 'first'),
    'steps/01-red-a/notes.txt': 'stray',
    'steps/02-green-a/src/index.ts': 'no readme',
    ...texts('02-green-b', 'x'),
    'steps/04-refactor-c/README.md': 'A lesson.\n',
    'steps/04-refactor-c/step.yaml': 'hints: []\n',
    ...texts('05-refactor-c', 'x'),
    ...texts('five', 'x'),
  })
  symlinkSync(join(root, 'steps/01-red-a'), join(root, 'steps/04-refactor-c/linked'), 'junction')
  expect(whereAndWhat()).toEqual([
    'steps/01-red-a/notes.txt: a step holds src/, test/, README.md and step.yaml, nothing else',
    'steps/02-green-a/README.md: it is missing',
    'steps/02-green-a/step.yaml: it is missing',
    'steps/04-refactor-c/linked: this is a link or a device, not a file',
    'steps/04-refactor-c/README.md: it does not begin with a heading',
    'steps/04-refactor-c/step.yaml: "chapter" is missing or is not a piece of text',
    'steps/five: this is not the name of a step',
    'steps/02-green-b: there are two steps 2',
    'steps/04-refactor-c: step 3 is missing before it',
    'steps/05-refactor-c: another step is called refactor-c, too',
  ])
})

test('says so when there is no course at all', () => {
  expect(whereAndWhat()).toEqual(['steps: it cannot be read (ENOENT)'])
  write({ 'steps/runner/start.mjs': '' })
  expect(whereAndWhat()).toEqual(['steps: it holds no step'])
})
