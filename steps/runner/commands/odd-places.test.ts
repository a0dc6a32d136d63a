import { createHash } from 'node:crypto'
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { listSaves, readSave } from '../workspace/saves.ts'
import { ThrowawayCourse } from '../testkit/throwaway-course.ts'

// What learners do to src/ and test/ that nobody thinks of. Each command either does its work or says why not.

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

test('files of any name and any bytes are saved and come back, byte for byte', async () => {
  const odd = {
    'src/two words.ts': Buffer.from('mine'),
    'src/ünï/größe 😀.bin': Buffer.from([0, 255, 254, 13, 10, 10, 13, 0xc3, 0x28]),
    "test/it's $HOME %PATH% `x`.txt": Buffer.from('\uFEFFmine\r\n'),
    'src/-rf': Buffer.from('mine'),
    'src/empty': Buffer.alloc(0),
    'src/index.ts': Buffer.from('export const add = () => 3\r\n'),
  }
  for (const [path, bytes] of Object.entries(odd)) {
    mkdirSync(there.path(path.slice(0, path.lastIndexOf('/'))), { recursive: true })
    writeFileSync(there.path(path), bytes)
  }
  expect(await there.step('3')).toSay('Your work is now save 1.')
  for (const path of Object.keys(odd)) there.deletes(path)
  expect(await there.step('restore', '1')).toSay('Step 2 of 5')
  const [save] = listSaves(there.root)
  for (const [path, bytes] of Object.entries(odd)) {
    expect(there.bytes(path), path).toEqual(bytes)
    expect(save && readSave(there.root, save).get(path), path).toEqual(bytes)
  }
})

/** Runs before the runner: tells at the end how much memory it took at most, in MiB. */
const measured = `process.on('exit', () => console.log('took ' + Math.round(process.resourceUsage().maxRSS / 1024) + ' MiB'))`

test('a file of 50 MiB is saved and comes back, and no command takes memory for it many times over', () => {
  const size = 50
  const big = Buffer.alloc(size << 20, Buffer.from(Array.from({ length: 251 }, (_, index) => index)))
  const sum = (bytes: Buffer | undefined) =>
    createHash('sha256')
      .update(bytes ?? '')
      .digest('hex')
  const node = ['--import', `data:text/javascript,${encodeURIComponent(measured)}`]
  const mostOf = (words: readonly string[]) => {
    const { stdout, status } = there.process({ words, node })
    expect(status, stdout).not.toBe(null)
    return Number(/took (\d+) MiB/.exec(stdout)?.[1])
  }
  const least = mostOf(['3'])
  there.standsAt(2)
  writeFileSync(there.path('src/big.bin'), big)
  for (const words of [[], ['check'], ['3'], ['diff'], ['saves']]) {
    expect(mostOf(words), words.join(' ')).toBeLessThan(least + 6 * size)
  }
  there.deletes('src/big.bin')
  expect(mostOf(['restore', '1'])).toBeLessThan(least + 6 * size)
  expect(sum(there.bytes('src/big.bin'))).toBe(sum(big))
  expect(listSaves(there.root)).toHaveLength(1)
})
