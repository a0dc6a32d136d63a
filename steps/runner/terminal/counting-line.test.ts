import { expect, test } from 'vitest'
import { countingLine } from './counting-line.ts'

/** What is written to an output of this kind while two states are counted. */
function written({ isTTY, ci = '', total = 2 }: { isTTY: boolean; ci?: string; total?: number }): string {
  let text = ''
  {
    using line = countingLine(total, 'states', { isTTY, write: (piece) => (text += piece) }, ci)
    line.next()
    line.next()
  }
  return text
}

test('counts in one line of the terminal, and leaves nothing of it', () => {
  expect(written({ isTTY: true })).toBe('\r 0 of 2 states\r 1 of 2 states\r 2 of 2 states\r              \r')
})

test.each([
  ['without a terminal', { isTTY: false }],
  ['under CI', { isTTY: true, ci: 'true' }],
  ['when there is nothing to do', { isTTY: true, total: 0 }],
])('is silent %s', (_, where) => {
  expect(written(where)).toBe('')
})
