import { expect, test } from 'vitest'
import { palettes, pictureOf } from './terminal-picture.ts'

const textsIn = (svg: string) =>
  [...svg.matchAll(/<text x="(.+?)" y="(.+?)"(?: class="(.+?)")?>(.*?)<\/text>/g)].map(
    ([, x, y, name, text]) => [Number(x), Number(y), name ?? 'plain', text],
  )

test('draws what was typed, and what came, each piece at its column and in its colour', () => {
  const svg = pictureOf([
    { command: 'npm run step 1', printed: '\n \u001B[31m✗ RED\u001B[39m · \u001B[1mFirst\u001B[22m\n\n' },
  ])
  const column = (number: number) => Number((16 + number * 8.43).toFixed(2))
  expect(textsIn(svg)).toEqual([
    [column(0), 31, 'dim', '$'],
    [column(2), 31, 'bold', 'npm run step 1'],
    [column(1), 71, 'red', '✗ RED'],
    [column(7), 71, 'plain', '·'],
    [column(9), 71, 'bold', 'First'],
  ])
})

test('draws one command below the other, and is as large as they are', () => {
  const svg = pictureOf([
    { command: 'one', printed: 'a <b> & c\n' },
    { command: 'two', printed: `${'x'.repeat(40)}\n` },
  ])
  expect(svg).toContain('<title id="title">one, then two</title>')
  expect(svg).toContain('>a &lt;b&gt; &amp; c</text>')
  expect(svg).toContain(`viewBox="0 0 ${Math.ceil(40 * 8.43 + 32)} ${7 * 20 + 32}"`)
})

test('a colour inside bold text ends without ending the bold', () => {
  const svg = pictureOf([{ command: 'x', printed: '\u001B[1m\u001B[32ma\u001B[39mb\u001B[22mc' }])
  expect(
    textsIn(svg)
      .slice(2)
      .map(([, , name, text]) => [name, text]),
  ).toEqual([
    ['bold green', 'a'],
    ['bold', 'b'],
    ['plain', 'c'],
  ])
})

test.each(Object.entries(palettes))('every colour can be read on %s paper', (_, { paper, ...inks }) => {
  for (const [name, ink] of Object.entries(inks))
    expect([name, contrast(ink, paper) >= 4.5]).toEqual([name, true])
})

/** As WCAG 2 defines it. */
function contrast(one: string, other: string): number {
  const [dark = 0, light = 0] = [one, other].map(luminance).toSorted((a, b) => a - b)
  return (light + 0.05) / (dark + 0.05)
}

function luminance(color: string): number {
  const [r = 0, g = 0, b = 0] = (color.match(/[\da-f]{2}/g) ?? []).map((part) => {
    const value = Number.parseInt(part, 16) / 255
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * r + 0.7152 * g + 0.0722 * b
}
