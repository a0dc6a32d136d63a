import { existsSync, lstatSync, mkdirSync, readdirSync, readFileSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { layOut, proofFolder } from '../test-runs/lay-out-states.ts'
import { ThrowawayCourse } from '../testkit/throwaway-course.ts'
import {
  deleteFile,
  deleteFolder,
  deleteOwnFolder,
  keepFile,
  makeFolder,
  makeOwnFolder,
  moveFile,
  replaceFile,
  writeDurably,
  writeFile,
} from './write-file.ts'

let there: ThrowawayCourse
beforeEach(() => {
  there = new ThrowawayCourse()
  there.types({ 'elsewhere/deep/mine.txt': 'mine', 'ours.txt': 'ours' })
})
afterEach(() => there[Symbol.dispose]())

/** Puts a link in place of what is there; a junction needs no administrator on Windows. */
function links(path: string, to = 'elsewhere'): void {
  if (existsSync(there.path(path))) there.deletes(path)
  mkdirSync(join(there.path(path), '..'), { recursive: true })
  symlinkSync(there.path(to), there.path(path), 'junction')
}

const at = (path: string) => ({ root: there.root, path })

test.each<readonly [string, (path: string) => unknown]>([
  ['writing', (path) => writeFile(at(path), 'new')],
  ['writing what was typed', (path) => writeDurably(at(path), 'new')],
  ['replacing', (path) => replaceFile(at(path), 'new')],
  ['moving to', (path) => moveFile(at('ours.txt'), at(path))],
  ['moving from', (path) => moveFile(at(path), at('ours.txt'))],
  ['keeping', (path) => keepFile(at('ours.txt'), at(path))],
  ['making a folder', (path) => makeFolder(at(path))],
  ['making a folder of ours', (path) => makeOwnFolder(at(path))],
  ['deleting', (path) => deleteFile(at(path))],
  ['deleting a folder', (path) => deleteFolder(at(path))],
  ['deleting a folder of ours', (path) => deleteOwnFolder(at(path))],
])('%s follows no link, at any level', (_, act) => {
  for (const [link, path] of [
    ['a', 'a'],
    ['a', 'a/deep'],
    ['a', 'a/deep/mine.txt'],
    ['a/b', 'a/b/deep/mine.txt'],
  ] as const) {
    links(link)
    const before = [...there.seen(), there.reads('ours.txt')]
    expect(() => act(path), path).toThrow(`${link} is a link, and the runner follows none`)
    expect([...there.seen(), there.reads('ours.txt')], path).toEqual(before)
    expect(lstatSync(there.path(link)).isSymbolicLink()).toBe(true)
    there.deletes('a')
  }
})

test('a folder is emptied only when it holds our mark', () => {
  there.types({ 'a/mine.txt': 'mine' })
  expect(() => deleteOwnFolder(at('a'))).toThrow(
    'a is in the way: it holds files that the runner did not put there',
  )
  expect(() => makeOwnFolder(at('a'))).toThrow('a is in the way')
  expect(there.reads('a/mine.txt')).toBe('mine')

  makeOwnFolder(at('b'))
  links('b/link')
  deleteOwnFolder(at('b'))
  expect(existsSync(there.path('b'))).toBe(false)
  expect(there.reads('elsewhere/deep/mine.txt')).toBe('mine')
})

test.each([
  '.course',
  '.course/proof',
  '.course/proof/one',
  '.course/proof/one/src',
  '.course/proof/one/src/a.ts',
])('a proof with a link at %s touches nothing behind it', (link) => {
  const { states } = proofFolder(there.course)
  const state = new Map([['src/a.ts', Buffer.from('a')]])
  layOut(states, new Map([['one', state]]))
  there.types({ 'elsewhere/src/b.ts': 'mine', 'elsewhere/one/src/b.ts': 'mine' })
  links(link)
  const before = there.seen()
  expect(() => layOut(states, new Map([['one', new Map([['src/a.ts', Buffer.from('b')]])]]))).toThrow(
    `${link} is a link`,
  )
  expect(there.seen()).toEqual(before)
})

test('a folder in place of the proof that the runner did not make is not emptied', () => {
  there.types({ '.course/proof/mine/src/a.ts': 'mine' })
  expect(() => layOut(proofFolder(there.course).states, new Map())).toThrow('.course/proof is in the way')
  expect(there.reads('.course/proof/mine/src/a.ts')).toBe('mine')
})

test('with .course as a link every word is refused before anything else', async () => {
  there.types({ 'elsewhere/position.json.20240101': 'mine', 'elsewhere/staging-1/a': 'mine' })
  links('.course')
  const before = there.seen()
  for (const words of [[], ['list'], ['3'], ['verify'], ['gate'], ['docs']]) {
    expect(await there.step(...words), words.join(' ')).toRefuse(
      '.course is a link, and the runner follows none',
    )
  }
  expect(there.seen()).toEqual(before)
})

test('with .course as a file every word is refused', async () => {
  there.types({ '.course': 'mine' })
  expect(await there.step('list')).toRefuse('.course should be a folder, but it is a file')
  expect(await there.step('3')).toRefuse('.course should be a folder, but it is a file')
  expect(there.reads('.course')).toBe('mine')
})

test('a save that is a link is not restored from', async () => {
  there.standsAt(2).types({ 'elsewhere/src/index.ts': 'not mine' })
  links('.course/saves/001-2026-01-02T030405Z-step-2')
  const before = there.seen()
  expect(await there.step('restore', '1')).toRefuse('.course/saves/001-2026-01-02T030405Z-step-2 is a link')
  expect(there.seen()).toEqual(before)
})

test('coverage as a link is not written through', async () => {
  links('coverage')
  const before = there.seen()
  expect(await there.step('coverage')).toRefuse('coverage is a link')
  expect(await there.step('coverage', 'markdown')).toRefuse('coverage is a link')
  expect(there.seen()).toEqual(before)
})

test('nothing but this folder writes or deletes files of the repository', () => {
  const runner = fileURLToPath(new URL('..', import.meta.url))
  const writers =
    /\b(?:writeFile|rm|rmdir|rename|unlink|mkdir|mkdtemp|cp|copyFile|link|symlink|truncate|createWriteStream)(?:Sync)?\b/
  const found = readdirSync(runner, { recursive: true, encoding: 'utf8' })
    .map((path) => path.replaceAll('\\', '/'))
    .filter((path) => path.endsWith('.ts') && !/\.(?:test|walk)\.ts$|^(?:system|testkit|bench)\//.test(path))
    .filter((path) => {
      const text = readFileSync(join(runner, path), 'utf8')
      const imported = [...text.matchAll(/^import \{(?<names>[^}]*)\} from 'node:fs(?:\/promises)?'/gm)]
      return imported.some(({ groups }) => writers.test(groups?.['names'] ?? ''))
    })
  // It writes a new repository where it was told to, and nothing that is there.
  expect(found).toEqual(['authoring/history.ts'])
})
