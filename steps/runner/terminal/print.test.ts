import { expect, test } from 'vitest'
import { complain, print, printable, printingTo, say } from './print.ts'

/** What is printed, to both streams. */
function printed(act: () => void): string {
  let text = ''
  const add = (more: string) => void (text += more)
  printingTo({ stdout: add, stderr: add }, act)
  return text
}

const hostile = 'clear\u001B[2J\u001B]0;title\u0007 \u202Eevil\u2066 \u009B2J back\rover \u001B[8mhidden'

test.each([
  ['say', () => say(hostile)],
  ['complain', () => complain(hostile)],
  ['print', () => print(hostile)],
])('%s strips what a terminal would obey', (_, act) => {
  const text = printed(act)
  expect(text).not.toMatch(/(?![\n\t])[\p{Cc}\u061C\u200E\u200F\u2028-\u202E\u2066-\u2069]/u)
  expect(text).toContain('clear[2J]0;title evil 2J backover hidden')
})

test('a line end in a name makes no line of its own', () => {
  expect(printed(() => say('a\n✓ gate · passed', '', 'b'))).toBe(' a ✓ gate · passed\n\n b\n')
})

test('our own colours, line ends and other alphabets stay', () => {
  const ours = '\u001B[1mbold\u001B[22m \u001B[32m✓ größe 中文 👩‍💻\u001B[39m\n\tb'
  expect(printable(ours)).toBe(ours)
})
