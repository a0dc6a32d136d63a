import { expect, test } from 'vitest'
import { blocksOf, picturesOf, withBlocks } from './marked-blocks.ts'

const markdown = `Look:

<!-- run: npm run step 4 -->
\`\`\`text
old
\`\`\`

<!-- failure -->
\`\`\`
TypeError: no
\`\`\`

<!-- from: src/index.ts -->
\`\`\`ts
const a = 1
\`\`\`

<!-- told: it was long ago -->
\`\`\`
\`\`\`

\`\`\`sh
npm ci
\`\`\`
`

test('reads what is said of each block', () => {
  expect(blocksOf(markdown).map(({ mark, language, text }) => [mark, language, text])).toEqual([
    [{ kind: 'run', command: 'npm run step 4' }, 'text', 'old\n'],
    [{ kind: 'failure' }, '', 'TypeError: no\n'],
    [{ kind: 'from', file: 'src/index.ts' }, 'ts', 'const a = 1\n'],
    [{ kind: 'told', why: 'it was long ago' }, '', ''],
    [{ kind: 'none' }, 'sh', 'npm ci\n'],
  ])
})

test('puts other texts into blocks and leaves the rest as it is', () => {
  const [first, second] = blocksOf(markdown)
  if (!first || !second) throw new Error('there are five blocks')
  const texts = new Map([
    [first, 'new\nand longer\n'],
    [second, ''],
  ])
  expect(withBlocks(markdown, texts)).toBe(
    markdown.replace('old\n', 'new\nand longer\n').replace('TypeError: no\n', ''),
  )
})

test('reads blocks in lists, between tildes and more backticks, and puts texts into them', () => {
  const nested = `1. First:

   <!-- failure -->
   ~~~text
   old
   ~~~

- <!-- told: why -->
  \`\`\`\`
  \`\`\`
  \`\`\`\`
`
  const blocks = blocksOf(nested)
  expect(blocks.map(({ mark, text }) => [mark.kind, text])).toEqual([
    ['failure', 'old\n'],
    ['told', '```\n'],
  ])
  const [first] = blocks
  expect(withBlocks(nested, new Map(first ? [[first, 'new\n\nlines\n']] : []))).toBe(
    nested.replace('   old\n', '   new\n\n   lines\n'),
  )
})

test('a comment of blanks without an end is read at once', () => {
  // Tried in all ways to share the blanks out, this would take hours.
  const blanks = ' '.repeat(200_000)
  const [block] = blocksOf(`<!-- run:${blanks}x\n-->\n\`\`\`\nold\n\`\`\`\n`)
  expect(block?.mark).toEqual({ kind: 'none' })
  expect(blocksOf(`<!-- run:${blanks}ls${blanks}-->\n\`\`\`\nold\n\`\`\`\n`)[0]?.mark).toEqual({
    kind: 'run',
    command: 'ls',
  })
})

test('reads which commands an image shows', () => {
  const drawn = '<!-- drawn: npm run step 1, npm run step 2 -->\n![Red, then green](docs/walk.svg)\n'
  expect(picturesOf(`Look:\n\n${drawn}`)).toEqual([
    { commands: ['npm run step 1', 'npm run step 2'], file: 'docs/walk.svg' },
  ])
  expect(picturesOf(drawn.replace('![', '[')).map(({ file }) => file)).toEqual([null])
  expect(picturesOf('![Red](docs/walk.svg)\n')).toEqual([])
})
