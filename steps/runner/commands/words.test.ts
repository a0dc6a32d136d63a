import { readdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { ThrowawayCourse } from '../testkit/throwaway-course.ts'
import { mayFollow, usageOf, words, wordsFor } from '../terminal/words.ts'

let there: ThrowawayCourse
beforeEach(() => {
  there = new ThrowawayCourse()
})
afterEach(() => there[Symbol.dispose]())

test('every file here is a word, and exports what it does by its name', async () => {
  const files = readdirSync(fileURLToPath(new URL('.', import.meta.url)))
    .filter((file) => !file.endsWith('.test.ts'))
    .map((file) => file.replace('.ts', ''))
  // What no word, or a number, does; and what is no command.
  const others = new Set(['where', 'go', 'command', 'words'])
  expect(files.filter((name) => !others.has(name)).toSorted()).toEqual(Object.keys(words).toSorted())
  for (const name of [...Object.keys(words), 'where', 'go']) {
    expect(await import(`../commands/${name}.ts`), name).toHaveProperty(name)
  }
})

test('help says of every word how it is typed and what it does, in lines that fit', async () => {
  const { status, stdout } = await there.step('help')
  expect(status).toBe(0)
  for (const [name, { does }] of Object.entries(words)) {
    expect(stdout).toContain(`   ${usageOf(name)}`)
    expect(stdout).toContain(does)
  }
  expect(stdout.split('\n').filter((line) => line.length > 80)).toEqual([])
  expect(stdout).toMatch(
    /For learners[^]* check [^]*For maintainers[^]* verify [^]*For hooks and CI[^]* gate /,
  )
})

test('help of one word, in three ways, in a damaged course, too', async () => {
  there.deletes('steps/02-green-three')
  for (const typed of [
    ['help', 'diff'],
    ['diff', '--help'],
    ['diff', '3', '-h'],
  ]) {
    expect(await there.step(...typed)).toSay(`npm run step diff [save] [N] ${words['diff']?.does}`)
  }
  const all = await there.step('help')
  expect(await there.step('--help')).toEqual(all)
  expect(await there.step('help', 'nonsense')).toRefuse(
    "Expected one of the course's words after help, but this came: nonsense",
    'npm run step help',
  )
})

test("who mistypes is shown the learners' words, and where the others are", async () => {
  const { stderr } = await there.step('chck')
  const shown = /Words: (?<all>[^]*?)\n *All of them/.exec(stderr)?.groups?.['all']?.trim().split(/,\s+/)
  expect(shown).toEqual(wordsFor('learner'))
  expect(shown).not.toContain('propagate')
  expect(stderr).toContain('npm run step help')
})

test('a word takes as many words as its usage shows', async () => {
  expect(['list', 'restore', 'insert', 'coverage', 'verify'].map(mayFollow)).toEqual([0, 1, 2, 2, 2])
  expect(await there.step('restore', '1', '2')).toRefuse(
    '"restore" takes one word after it, but this came: 1 2',
    'Type: npm run step restore [K]',
  )
})
