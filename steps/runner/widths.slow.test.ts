import { afterEach, beforeEach, expect, test } from 'vitest'
import { run } from './cli.ts'
import { ThrowawayCourse } from './testkit/throwaway-course.ts'

// Terminals are narrow beside an editor, wide on a big screen, and not all of them know other signs than letters.

let there: ThrowawayCourse
beforeEach(() => {
  there = new ThrowawayCourse().types({ 'package.json': '{"type":"module"}' })
})
afterEach(() => there[Symbol.dispose]())

async function printed(columns: number, ...words: readonly string[]): Promise<readonly string[]> {
  let said = ''
  const stdout = (text: string) => void (said += text)
  await run(words, there.root, { stdout, stderr: stdout, columns })
  return said.split('\n')
}

const longer = (lines: readonly string[], columns: number) => lines.filter((line) => line.length > columns)

test.each([50, 80])('at %i columns no line is longer, but for a word that is', async (columns) => {
  there.standsAt(4).types({ 'src/index.ts': 'export const add = () => 4 // mine\n' })
  const typed = [
    [],
    ['help'],
    ['list'],
    ['check'],
    ['hint'],
    ['nonsense'],
    ['5'],
    ['saves'],
    ['at', '3'],
    ['gate'],
    ['chapter'],
    ['doctor'],
    ['lesson'],
  ]
  for (const words of typed) {
    const lines = longer(await printed(columns, ...words), columns)
    expect(
      lines.filter((line) => line.trim().includes(' ')),
      words.join(' '),
    ).toEqual([])
  }
})

test('a wide terminal is used', async () => {
  const longest = async (columns: number) =>
    Math.max(...(await printed(columns, 'nonsense')).map((line) => line.length))
  expect(await longest(120)).toBeGreaterThan(80)
  expect(await longest(80)).toBeLessThanOrEqual(80)
})

test('where only letters are known, only letters are printed, and lights can be left out', async () => {
  there.standsAt(2)
  const lights = /^ v|[✗✓◆▲·]/m
  expect((await printed(80)).join('\n')).toContain('✗✓·  2 of 3 steps')
  process.env['LANG'] = 'C'
  process.env['TDD_COURSE_LIGHTS'] = 'none'
  try {
    const said = (await printed(80)).join('\n')
    // eslint-disable-next-line no-control-regex -- that is what is asked
    expect(said).toMatch(/^[\u0000-\u007F]*$/)
    expect(said).toContain('Step 2 of 5 - v GREEN - Three')
    expect(said).not.toMatch(lights)
    expect(said).toContain('2 of 3 steps')
  } finally {
    delete process.env['LANG']
    delete process.env['TDD_COURSE_LIGHTS']
  }
})
