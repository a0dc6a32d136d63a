import { readdirSync, statSync, symlinkSync } from 'node:fs'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { checkOut as checkOutStep } from './checkout.ts'
import { readPosition } from './position.ts'
import { probablyAt } from './standing.ts'
import { listSaves, readSave } from './saves.ts'
import { ownedPaths, sameBytes, stateAt } from '../course/state.ts'
import { ThrowawayCourse } from '../testkit/throwaway-course.ts'
import { readTree } from '../course/read-tree.ts'
import { changeTo, stage } from './apply-change.ts'

let there: ThrowawayCourse
beforeEach(() => {
  there = new ThrowawayCourse()
})
afterEach(() => there[Symbol.dispose]())

const checkOut = (number: number) => {
  const step = there.course.steps[number - 1]
  if (!step) throw new Error(`the throw-away course has no step ${number}`)
  return checkOutStep(there.course, step)
}
const standsAt = (number: number) => sameBytes(readTree(there.root).files, stateAt(there.course, number))
const position = () => {
  const { kind, ...more } = readPosition(there.course)
  return 'step' in more ? `${kind} ${more.step.number}` : kind
}
const saved = () =>
  listSaves(there.root).map((save) => {
    const files = [...readSave(there.root, save)].map(([path, bytes]) => [path, bytes.toString()])
    return {
      number: save.number,
      step: save.step,
      files: Object.fromEntries(files) as Record<string, string>,
    }
  })

test('a fresh clone stands at the last step, and remembers nothing', () => {
  expect(position()).toBe('none')
  expect(probablyAt(there.course).number).toBe(5)
  expect(standsAt(5)).toBe(true)
})

test('any step can be reached from any other, byte for byte', () => {
  for (const number of [3, 1, 5, 4, 2, 2, 5]) {
    checkOut(number)
    expect(standsAt(number), `step ${number}`).toBe(true)
    expect(position()).toBe(`at ${number}`)
  }
})

test('walking without own work makes no saves', () => {
  for (const number of [3, 1, 5]) expect(checkOut(number).saved).toBe(null)
  expect(listSaves(there.root)).toEqual([])
})

test('own work is saved whole before it is written over', () => {
  checkOut(2)
  there.types({ 'src/index.ts': 'mine', 'test/notes.md': 'also mine' })
  const before = there.work
  expect(checkOut(3).saved).toMatchObject({ number: 1, step: '02-green-three' })
  expect(saved()).toEqual([{ number: 1, step: '02-green-three', files: before }])
})

test('own work on a fresh clone is saved too', () => {
  there.types({ 'src/index.ts': 'mine' })
  checkOut(1)
  expect(saved()).toMatchObject([{ number: 1, step: '05-green-minus', files: { 'src/index.ts': 'mine' } }])
})

test('a file that is in the latest save already is not saved again', () => {
  there.types({ 'src/own.ts': 'mine' })
  expect(checkOut(1).saved).not.toBe(null)
  expect(checkOut(2).saved).toBe(null)
  there.types({ 'src/own.ts': 'mine, changed' })
  expect(checkOut(3).saved).toMatchObject({ number: 2 })
  there.types({ 'src/own.ts': 'mine' })
  expect(checkOut(4).saved).toMatchObject({ number: 3 })
})

test("the learner's own files stay, whatever they are called", () => {
  const own = { 'src/own.ts': 'mine', 'test/a folder/ünï.bin': '\u0000', 'src/deep/notes.md': 'mine' }
  there.types(own)
  for (const number of [1, 3, 5]) {
    checkOut(number)
    expect(there.work).toMatchObject(own)
  }
})

test('a folder that the checkout has emptied goes with its last file', () => {
  checkOut(3)
  checkOut(5)
  expect([...readTree(there.root).folders]).toEqual(['src', 'test'])
})

test('missing folders come back', () => {
  there.deletes('src', 'test')
  expect(checkOut(3).saved).toBe(null)
  expect(standsAt(3)).toBe(true)
})

test('a file whose bytes are right is not written', () => {
  const before = statSync(there.path('test/sum.test.ts'))
  expect(checkOut(4).changed).toBe(2)
  const { ino, mtimeMs } = statSync(there.path('test/sum.test.ts'))
  expect({ ino, mtimeMs }).toEqual({ ino: before.ino, mtimeMs: before.mtimeMs })
})

test('nothing but the position, saves and what undo needs is left behind', () => {
  there.types({ 'src/index.ts': 'mine' })
  checkOut(2)
  expect(readdirSync(there.path('.course')).toSorted()).toEqual(['position.json', 'saves', 'undo.json'])
  expect(readdirSync(there.path('.course/saves'))).toHaveLength(1)
  expect(there.reads('.course/position.json')).toBe('{"step":"02-green-three"}\n')
})

test.each<readonly [string, string, () => void]>([
  [
    'a folder where a file belongs',
    'src/index.ts should be a file, but a folder of that name stands in its place.',
    () => there.deletes('src/index.ts').types({ 'src/index.ts/mine.ts': 'mine' }),
  ],
  [
    'a file where a folder belongs',
    'src/deep should be a folder, but a file of that name stands in its place.',
    () => there.types({ 'src/deep': 'mine' }),
  ],
  [
    'a file in place of src/',
    'src should be a folder, but it is a file.',
    () => there.deletes('src').types({ src: 'mine' }),
  ],
  [
    'a link in place of src/',
    'src should be an ordinary file or folder, but it is a link.',
    () => {
      there.deletes('src').types({ 'elsewhere/index.ts': 'mine' })
      symlinkSync(there.path('elsewhere'), there.path('src'), 'junction')
    },
  ],
  [
    'a link in test/',
    'test/linked should be an ordinary file or folder, but it is a link.',
    () => {
      there.types({ 'elsewhere/index.ts': 'mine' })
      symlinkSync(there.path('elsewhere'), there.path('test/linked'), 'junction')
    },
  ],
  [
    'saves that cannot be written',
    '.course/saves should be a folder, but it is a file',
    () => there.types({ 'src/index.ts': 'mine', '.course/saves': 'a file' }),
  ],
  [
    'a position that cannot be written',
    'The position in .course/position.json could not be written',
    () => there.types({ [`.course/position.json.${process.pid}.tmp/in-the-way`]: '' }),
  ],
  [
    'files that cannot be written',
    `.course/staging-${process.pid} should be a folder, but it is a file`,
    () => there.types({ [`.course/staging-${process.pid}`]: 'in the way' }),
  ],
])('refuses %s, and nothing has changed', (_, message, arrange) => {
  arrange()
  const before = [...there.seen(), position()]
  expect(() => checkOut(3)).toThrow(message)
  expect([...there.seen(), position()]).toEqual(before)
})

test('what was already written is undone when the disk refuses the rest', () => {
  const target = new Map([
    ['src/index.ts', Buffer.from('new')],
    ['src/new/one.ts', Buffer.from('new')],
    ['test/sum.test.ts', Buffer.from('new')],
  ])
  const current = readTree(there.root)
  const change = changeTo(target, current, ownedPaths(there.course))
  const before = there.work
  {
    using staged = stage(there.root, change, current)
    expect(there.work, 'while it is only staged').toEqual(before)
    // Between looking and moving, something else has put a folder there.
    there.deletes('test/sum.test.ts').types({ 'test/sum.test.ts/busy': '' })
    expect(staged.carryOut).toThrow('they are as they were before')
  }
  there.deletes('test/sum.test.ts')
  expect({ ...there.work, 'test/sum.test.ts': before['test/sum.test.ts'] }).toEqual(before)
  expect(readTree(there.root).folders).toEqual(new Set(['src', 'test']))
})

test.each([
  ['not JSON', '{"step":"02-gr', 'it is not JSON'],
  ['an empty file', '', 'it is not JSON'],
  ['not a position', '3', 'it holds no position'],
  ['a step that there is not', '{"step":"02-green-four"}', 'it names no step of this course'],
  ['nonsense', '{"step":{"at":3}}', 'it names no step of this course'],
])('a position file that holds %s is never taken for a fresh clone', (_, text, why) => {
  there.types({ '.course/position.json': text })
  expect(readPosition(there.course)).toEqual({ kind: 'unreadable', why })
})

test('a position that cannot be read is set aside when the learner says where to go', () => {
  there.types({ '.course/position.json': 'what?' })
  const { setAside } = checkOut(2)
  expect(there.reads(setAside ?? '')).toBe('what?')
  expect(position()).toBe('at 2')
  // Whose bytes these were could not be known, so they are safe.
  expect(saved()).toMatchObject([{ number: 1, step: null }])
})

test('a walk that was cut short is noticed, and nothing of it is taken for own work', () => {
  checkOut(2)
  there.types({
    '.course/position.json': '{"step":"02-green-three","to":"03-refactor-own-file"}',
    'src/index.ts': "export { add } from './deep/add.ts'\n",
  })
  expect(readPosition(there.course)).toMatchObject({
    kind: 'between',
    from: { number: 2 },
    to: { number: 3 },
  })
  expect(checkOut(3).saved).toBe(null)
  expect(standsAt(3)).toBe(true)
})

test('a learner keeps their place when the course is renumbered', () => {
  there.types({ '.course/position.json': '{"step":"07-green-three"}' })
  expect(position()).toBe('at 2')
})

test('a save that was cut short is not a save', () => {
  there.types({ '.course/saves/.writing-1/src/index.ts': 'half', '.course/saves/notes.txt': 'mine' })
  expect(listSaves(there.root)).toEqual([])
})
