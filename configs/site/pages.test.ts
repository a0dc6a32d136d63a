import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { loadCourse, nameOf } from '../../steps/runner/course/read-course.ts'
import { changesOf } from './changes.ts'
import { markup } from './html.ts'
import { pageOf } from './layout.ts'
import { rendered } from './markdown.ts'
import { throughputPlot, waitingPlot } from './plots.ts'
import { addressOf, Site } from './site.ts'

const { course } = loadCourse(fileURLToPath(new URL('../..', import.meta.url)))
const proof = {
  problems: [],
  proven: [],
  failures: new Map(),
  verdicts: new Map(),
  caught: new Map(),
  reused: 0,
}
const site = new Site(course, proof, null)
const textOf = (pieces: readonly { readonly text: string }[]) => pieces.map(({ text }) => text).join('')
const state = (files: Readonly<Record<string, string>>) =>
  new Map(Object.entries(files).map(([path, text]) => [path, Buffer.from(text)]))

test('what a value says is text, never HTML', () => {
  expect(markup`<p>${'<b> & "c"'}</p>`.text).toBe('<p>&lt;b&gt; &amp; &quot;c&quot;</p>')
  expect(markup`${null}${false}${undefined}${[1, markup`<i>`]}`.text).toBe('1<i>')
})

test('HTML in a lesson is shown and does nothing; its marks are not shown', () => {
  const { text } = rendered(
    site,
    'steps/x/README.md',
    'a <img src=x onerror=y>\n\n<script>z</script>\n\n<!-- failure -->\n```\nE\n```\n',
  )
  expect(text).toContain('&lt;img src=x onerror=y&gt;')
  expect(text).toContain('&lt;script&gt;')
  expect(text).not.toMatch(/<img|<script|<!--/)
  expect(text).toContain('what the failing test says')
})

test('links between files of the repository lead to pages, or to the repository where there is none', () => {
  const [step] = course.steps
  const elsewhere = new Site(course, proof, 'https://github.com/a/b')
  expect(site.addressFor('docs/README.md', 'client.md#options')).toBe('~/docs/client/#options')
  expect(site.addressFor('docs/client.md', `../steps/${step?.folder}/README.md`)).toBe(
    `~/steps/${nameOf(step!)}/`,
  )
  expect(elsewhere.addressFor('README.md', 'src/')).toBe('https://github.com/a/b/tree/main/src')
  expect(elsewhere.addressFor('docs/client.md', '../src/index.ts')).toBe(
    'https://github.com/a/b/blob/main/src/index.ts',
  )
  expect(site.addressFor('docs/client.md', '../src/index.ts')).toBe(null)
  expect(rendered(site, 'docs/client.md', '[a](../src/index.ts)').text).toBe('<p><span>a</span></p>\n')
})

test('a page works wherever the site is put', () => {
  const main = markup`<a href="~/course/">x</a>`
  expect(pageOf(site, { address: '~/', title: 'a', main })).toContain('<a href="./course/">x</a>')
  expect(pageOf(site, { address: '~/steps/a/', title: 'a', main })).toContain('<a href="../../course/">x</a>')
})

test('a change names its file, what came and what went, and cuts out what stayed', () => {
  const before = Array.from({ length: 30 }, (_, line) => `const line${line} = 0`).join('\n')
  const after = before.replace('line20 = 0', 'line20 = 1')
  const [shown = markup``] = changesOf(state({ 'src/a.ts': before }), state({ 'src/a.ts': after }))
  const plain = shown.text.replaceAll(/<\/?i\b[^>]*>/g, '')
  expect(plain).toContain('src/a.ts')
  expect(plain).toContain('<del>const line20 = 0\n</del><ins>const line20 = 1\n</ins>')
  expect(plain).toContain('⋯')
  expect(plain).not.toContain('line10')
  expect(changesOf(state({ 'src/a.ts': before }), state({ 'src/a.ts': before }))).toEqual([])
})

test('code comes before its tests; a file that is deleted is folded, a long new one has its own page', () => {
  const long = 'x\n'.repeat(200)
  const text = textOf(
    changesOf(state({ 'src/old.ts': 'a\n' }), state({ 'test/a.test.ts': 'b\n', 'src/new.ts': long }), {
      pageOf: (path) => `~/${path}`,
    }),
  )
  expect(text.indexOf('src/old.ts')).toBeLessThan(text.indexOf('test/a.test.ts'))
  expect(text).toMatch(
    /<details>\s*<summary><span class="path">src\/old\.ts<\/span> <span class="fate">deleted/,
  )
  expect(text).toContain('<a href="~/src/new.ts">Read all 200 lines of it</a>')
  expect(text).not.toContain('x\nx')
})

const widths = (text = '') =>
  [...text.matchAll(/<rect[^>]*width="(?<width>[\d.]+)%"/g)].map(({ groups }) => Number(groups?.['width']))

test('the plot of throughput has a bar for each client that is measured, as long as its figure', () => {
  const plot = throughputPlot(
    '| processor time, µs | ioredis | this client |\n| --- | --- | --- |\n| GET | 9 | 3 |\n\n' +
      '| thousand a second | ioredis | this client | redis-benchmark |\n| --- | --- | --- | --- |\n| GET | 50 | 100 | 900 |\n',
  )
  expect(widths(plot?.text)).toEqual([50, 100])
  expect(plot?.text).toContain('GET')
  expect(plot?.text.match(/bar ours/g)?.length).toBe(1)
})

test('the plot of waiting says what was measured, and where that ended', () => {
  const plot = waitingPlot(
    '| case | ioredis as it comes | this client | within |\n| --- | --- | --- | --- |\n| frozen | no answer in 3 s; dials on | error, then `null` | 6 s |\n| gone | error: X | `null` | at once |\n',
  )
  expect(widths(plot?.text)).toEqual([100, 50, 0.4, 0.4])
  expect(plot?.text).toContain('6 s: error, then null')
  expect(plot?.text.match(/bar open/g)?.length).toBe(1)
})

test('the documents that the plots are drawn from have what these look for', () => {
  const text = (path: string) => site.documents.find((one) => one.path === path)?.text ?? ''
  expect(throughputPlot(text('docs/benchmark.md'))?.text).toContain('this client')
  expect(waitingPlot(text('docs/faults.md'))?.text).toContain('this client')
})

test('every document that docs/README.md names has a page', () => {
  expect(site.documents.map(({ path }) => path)).toEqual(
    expect.arrayContaining(['docs/client.md', 'docs/faults.md', 'docs/benchmark.md', 'CONTRIBUTING.md']),
  )
})

test('a red and a green that are called alike have addresses of their own', () => {
  const [one, two] = course.steps
  expect(addressOf({ ...two!, slug: one!.slug })).not.toBe(addressOf(one!))
})

test('a flowchart of arrows is drawn, anything else is shown as it is written', () => {
  const fence = (text: string) => rendered(site, 'docs/a.md', `\`\`\`mermaid\n${text}\n\`\`\`\n`).text
  const drawn = fence('flowchart TD\n  start.mjs --> cli\n  cli --> commands')
  expect(drawn.match(/class="edge"/g)?.length).toBe(2)
  expect(drawn).toContain('>start.mjs</text>')
  expect(drawn).not.toMatch(/<script|<!--| style=| id=/)
  expect(fence('flowchart TD\n  a -.-> b')).toContain('a -.-&gt; b')
})
