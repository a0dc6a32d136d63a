import { expect, test } from 'vitest'
import { readReadme } from './read-contract.ts'

const where = 'steps/01-red-answers-ping/README.md'

const complete = `---
title: Answers PING
chapter: connection
fails:
  test: answers PING
  error: TypeError
  message: client.ping is not a function
removes:
  - src/old.ts
hints:
  - Say what you wish for.
  - "Ask: PING"
wrong:
  - mistake: answers nothing
    file: src/index.ts
    replace: "'PONG'"
    with: "''"
  - mistake: forgets the answer
    file: src/index.ts
    replace: return
    with: ""
---

# The lesson

---
text
`

test('reads a contract and its lesson', () => {
  expect(readReadme(complete, where)).toEqual({
    contract: {
      title: 'Answers PING',
      chapter: 'connection',
      fails: {
        file: 'test/connection.test.ts',
        test: 'answers PING',
        error: 'TypeError',
        message: 'client.ping is not a function',
      },
      removes: ['src/old.ts'],
      hints: ['Say what you wish for.', 'Ask: PING'],
      wrong: [
        { mistake: 'answers nothing', file: 'src/index.ts', replace: "'PONG'", with: "''" },
        { mistake: 'forgets the answer', file: 'src/index.ts', replace: 'return', with: '' },
      ],
    },
    lesson: '# The lesson\n\n---\ntext',
    problems: [],
  })
})

test('reads the same from a file with CRLF and a byte order mark', () => {
  const windows = readReadme(`\uFEFF${complete.replaceAll('\n', '\r\n')}`, where)
  expect(windows.problems).toEqual([])
  expect(windows.contract).toEqual(readReadme(complete, where).contract)
})

test('reads where the failing test is, when that is not the file of its chapter', () => {
  const { contract } = readReadme(complete.replace('fails:\n', 'fails:\n  file: test/ttl.test.ts\n'), where)

  expect(contract.fails?.file).toBe('test/ttl.test.ts')
})

test('keeps every value as text', () => {
  const { contract } = readReadme('---\ntitle: 404\nchapter: null\nhints: [true, 1.50]\n---\n', where)
  expect(contract).toMatchObject({ title: '404', chapter: 'null', hints: ['true', '1.50'] })
})

test.each([
  ['no front matter', '# Only a lesson', 'it does not begin with front matter'],
  ['front matter without an end', '---\ntitle: x\n', 'it does not begin with front matter'],
  ['broken YAML', '---\ntitle: "x\n---\n', 'its front matter is not YAML: deficient indentation (3:1)'],
  ['a list', '---\n- title\n---\n', 'its front matter is not a list of names and values'],
  ['no title', '---\nchapter: ttl\n---\n', '"title" is missing or is not a piece of text'],
  ['no chapter', '---\ntitle: x\n---\n', '"chapter" is missing or is not a piece of text'],
  ['an unknown name', '---\ntitle: x\nchapter: y\nhint: z\n---\n', '"hint" is not part of a contract'],
  ['hints as text', '---\ntitle: x\nchapter: y\nhints: z\n---\n', '"hints" is not a list of texts'],
  ['wrong greens as text', '---\ntitle: x\nchapter: y\nwrong: z\n---\n', '"wrong" is not a list'],
  ['an empty hint', '---\ntitle: x\nchapter: y\nhints: [a, ""]\n---\n', '"hints" is not a list of texts'],
  [
    'half a failure',
    '---\ntitle: x\nchapter: y\nfails: { test: a, error: b }\n---\n',
    '"fails: message" is missing or is not a piece of text',
  ],
])('complains about %s', (_, text, what) => {
  expect(readReadme(text, where).problems).toEqual([
    { where, what: expect.stringContaining(what), mend: expect.stringMatching(/\w/) },
  ])
})

test('complains about each missing part of a failure', () => {
  const { problems } = readReadme('---\ntitle: x\nchapter: y\nfails: z\n---\n', where)
  expect(problems.map(({ what }) => what.split(' is', 1)[0])).toEqual([
    '"fails: test"',
    '"fails: error"',
    '"fails: message"',
  ])
})

test('complains about each missing part of a wrong green, but not about an empty replacement', () => {
  const { problems } = readReadme('---\ntitle: x\nchapter: y\nwrong:\n  - with: z\n---\n', where)
  expect(problems.map(({ what }) => what.split(' is', 1)[0])).toEqual([
    '"wrong: mistake"',
    '"wrong: file"',
    '"wrong: replace"',
  ])
})

test('an empty list is an empty list', () => {
  const { contract, problems } = readReadme('---\ntitle: x\nchapter: y\nhints:\nremoves: []\n---\n', where)
  expect(problems).toEqual([])
  expect(contract).toMatchObject({ hints: [], removes: [] })
})

test('names everything that is wrong, not only the first', () => {
  expect(readReadme('---\ntitel: x\nhints: y\n---\n', where).problems.map(({ what }) => what)).toEqual([
    '"titel" is not part of a contract',
    '"title" is missing or is not a piece of text',
    '"chapter" is missing or is not a piece of text',
    '"hints" is not a list of texts',
  ])
})
