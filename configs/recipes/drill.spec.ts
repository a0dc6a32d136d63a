import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { drill } from './drill.ts'

/** What is printed without the figures, which differ from run to run. */
const shapeOf = (text: string) => text.replaceAll(/\d+/g, '0').replaceAll(/ +/g, ' ')

test('a small service under load goes through all of it without a wrong answer, as the document shows', async () => {
  const { lines, parts, asked, told, counted, exitCodes, log } = await drill(1_000)

  expect(
    parts.map(({ wrong }) => wrong),
    'wrong answers',
  ).toEqual(parts.map(() => 0))
  expect(parts[0], 'while all is well').toMatchObject({ unavailable: 0, none: 0 })
  expect(counted, 'counted, and told before').toBeGreaterThanOrEqual(told)
  expect(counted, 'counted, and asked for').toBeLessThanOrEqual(asked)
  expect(exitCodes, 'both services end well').toEqual([0, 0])
  const known = /^Redis (lost the connection to|cannot be used at) redis:\/\/127\.0\.0\.1:\d+\/0[.:] /
  expect(log.filter((line) => !known.test(line))).toEqual([])

  const document = readFileSync(new URL('../../docs/client.md', import.meta.url), 'utf8')
  expect(shapeOf(document)).toContain(shapeOf(lines.join('\n')))
})
