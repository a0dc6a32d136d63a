import { symlinkSync } from 'node:fs'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { ThrowawayCourse } from '../testkit/throwaway-course.ts'

// Unusual things that learners do to src/ and test/. Each command either does its work or says why not.

let there: ThrowawayCourse
beforeEach(() => {
  there = new ThrowawayCourse()
  there.types({ 'package.json': '{"type":"module"}' }).standsAt(2)
})
afterEach(() => there[Symbol.dispose]())

const link = (path: string) => {
  there.deletes(path).types({ 'elsewhere/mine.ts': 'mine' })
  symlinkSync(there.path('elsewhere'), there.path(path), 'junction')
}

const commands = [
  [],
  ['check'],
  ['next'],
  ['3'],
  ['diff'],
  ['solve'],
  ['hint'],
  ['list'],
  ['restore', 'tests'],
]

describe.each<readonly [string, readonly string[], () => void]>([
  ['src/ is a link', ['src should be an ordinary file or folder, but it is a link.'], () => link('src')],
  [
    'src/ is a file',
    ['src should be a folder, but it is a file.'],
    () => there.deletes('src').types({ src: 'mine' }),
  ],
  [
    'a folder is where a file goes',
    ['src/index.ts should be a file, but a folder of that name stands in its place.', 'Not green yet'],
    () => there.deletes('src/index.ts').types({ 'src/index.ts/mine.ts': 'mine' }),
  ],
])('when %s', (_, reasons, arrange) => {
  beforeEach(arrange)

  test.each(commands.map((words) => ({ words })))(
    '$words works, or says so and touches nothing',
    async ({ words }) => {
      const before = [there.seen(), there.reads('.course/position.json')]
      const { status, stdout, stderr } = await there.step(...words)
      const said = (stdout + stderr).replace(/\s+/g, ' ')
      expect(said).not.toMatch(/The runner itself failed|\bat \S+:\d+:\d+/)
      expect(status === 0 || reasons.some((reason) => said.includes(reason)), said).toBe(true)
      expect([there.seen(), there.reads('.course/position.json')]).toEqual(before)
    },
  )
})

describe('when src/ is gone', () => {
  beforeEach(() => void there.deletes('src'))

  test.each(commands.map((words) => ({ words })))(
    '$words works, or says what is missing',
    async ({ words }) => {
      const { status, stdout, stderr } = await there.step(...words)
      const said = (stdout + stderr).replace(/\s+/g, ' ')
      expect(said).not.toMatch(/The runner itself failed|\bat \S+:\d+:\d+/)
      expect(status === 0 || /Cannot find module/.test(said), said).toBe(true)
    },
  )
})
