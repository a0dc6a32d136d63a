import { expect, test } from 'vitest'
import { readContract } from './read-contract.ts'

const where = 'steps/01-red-answers-ping/step.yaml'

const complete = `chapter: connection
does: The client answers PING
fails:
  test: answers PING
  error: TypeError
  message: client.ping is not a function
changes:
  - what: afterEach()
    why: nothing is left open
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
`

test('reads a contract', () => {
  expect(readContract(complete, where)).toEqual({
    contract: {
      chapter: 'connection',
      does: 'The client answers PING',
      fails: {
        file: 'test/connection.test.ts',
        test: 'answers PING',
        error: 'TypeError',
        message: 'client.ping is not a function',
      },
      changes: [{ what: 'afterEach()', why: 'nothing is left open' }],
      removes: ['src/old.ts'],
      hints: ['Say what you wish for.', 'Ask: PING'],
      wrong: [
        { mistake: 'answers nothing', file: 'src/index.ts', replace: "'PONG'", with: "''" },
        { mistake: 'forgets the answer', file: 'src/index.ts', replace: 'return', with: '' },
      ],
    },
    problems: [],
  })
})

test('reads the same from a file with CRLF and a byte order mark', () => {
  const windows = readContract(`\uFEFF${complete.replaceAll('\n', '\r\n')}`, where)
  expect(windows.problems).toEqual([])
  expect(windows.contract).toEqual(readContract(complete, where).contract)
})

test('reads where the failing test is, when that is not the file of its chapter', () => {
  const { contract } = readContract(complete.replace('fails:\n', 'fails:\n  file: test/ttl.test.ts\n'), where)

  expect(contract.fails?.file).toBe('test/ttl.test.ts')
})

test('keeps every value as text', () => {
  const { contract } = readContract(
    'chapter: null\nhints: [true, 1.50]\nfails: { test: 404, error: Error, message: 0 }\n',
    where,
  )
  expect(contract).toMatchObject({
    chapter: 'null',
    hints: ['true', '1.50'],
    fails: { test: '404', message: '0' },
  })
})

test.each([
  ['an empty file', '', 'it is not YAML: expected a document'],
  ['broken YAML', 'hints: []\nchapter: "x\n---\n', 'it is not YAML: deficient indentation (3:1)'],
  ['a list', '- chapter\n', 'it is not a list of names and values'],
  ['no chapter', 'hints: []\n', '"chapter" is missing or is not a piece of text'],
  ['the title, which is in the README', 'title: x\nchapter: y\n', '"title" is not part of a contract'],
  ['an unknown name', 'chapter: y\nhint: z\n', '"hint" is not part of a contract'],
  ['hints as text', 'chapter: y\nhints: z\n', '"hints" is not a list of texts'],
  ['wrong answers as text', 'chapter: y\nwrong: z\n', '"wrong" is not a list'],
  ['changes as text', 'chapter: y\nchanges: z\n', '"changes" is not a list'],
  [
    'a change without a reason',
    'chapter: y\nchanges: [{ what: a }]\n',
    '"changes: why" is missing or is not a piece of text',
  ],
  ['an empty hint', 'chapter: y\nhints: [a, ""]\n', '"hints" is not a list of texts'],
  [
    'half a failure',
    'chapter: y\nfails: { test: a, error: b }\n',
    '"fails: message" is missing or is not a piece of text',
  ],
])('complains about %s', (_, text, what) => {
  expect(readContract(text, where).problems).toEqual([
    { where, what: expect.stringContaining(what), fix: expect.stringMatching(/\w/) },
  ])
})

test('complains about each missing part of a failure', () => {
  const { problems } = readContract('chapter: y\nfails: z\n', where)
  expect(problems.map(({ what }) => what.split(' is', 1)[0])).toEqual([
    '"fails: test"',
    '"fails: error"',
    '"fails: message"',
  ])
})

test('complains about each missing part of a wrong answer, but not about an empty replacement', () => {
  const { problems } = readContract('chapter: y\nwrong:\n  - with: z\n', where)
  expect(problems.map(({ what }) => what.split(' is', 1)[0])).toEqual([
    '"wrong: mistake"',
    '"wrong: file"',
    '"wrong: replace"',
  ])
})

test('an empty list is an empty list', () => {
  const { contract, problems } = readContract('chapter: y\nhints:\nremoves: []\n', where)
  expect(problems).toEqual([])
  expect(contract).toMatchObject({ hints: [], removes: [] })
})

test('names everything that is wrong, not only the first', () => {
  expect(readContract('chapther: x\nhints: y\n', where).problems.map(({ what }) => what)).toEqual([
    '"chapther" is not part of a contract',
    '"chapter" is missing or is not a piece of text',
    '"hints" is not a list of texts',
  ])
})

test.each(['chapter', 'does', 'test', 'error', 'mistake', 'why'])('%s is one plain line', (name) => {
  for (const forged of ['"a\\n✓ gate · passed"', '"a\\e[2J"', '"a\\L b"']) {
    const { problems } = readContract(
      complete.replace(new RegExp(`\\b${name}: .*`), `${name}: ${forged}`),
      where,
    )
    expect(problems.map(({ what }) => what)).toContainEqual(
      expect.stringMatching(
        new RegExp(`"(?:\\w+: )?${name}" is more than one line, or holds control characters`),
      ),
    )
  }
})
