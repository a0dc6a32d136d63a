import { cpSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { ThrowawayCourse } from './testkit/throwaway-course.ts'

const start = fileURLToPath(new URL('start.mjs', import.meta.url))
const packageFile = fileURLToPath(new URL('../../package.json', import.meta.url))

/** A clone in which nothing was installed yet. */
let there: ThrowawayCourse
beforeEach(() => {
  there = new ThrowawayCourse()
  there.deletes('node_modules')
  cpSync(start, there.path('steps/runner/start.mjs'))
  cpSync(packageFile, there.path('package.json'))
})
afterEach(() => there[Symbol.dispose]())

test('without the packages it says what to type first', () => {
  expect(there.process({ start: 'steps/runner/start.mjs' })).toRefuse(
    'packages are not installed yet',
    'Type this first: npm ci',
  )
})

test('with an old Node it says which one is needed', () => {
  const old =
    'Object.defineProperty(process, "versions", { value: { ...process.versions, node: "20.18.3" } })'
  expect(
    there.process({
      start: 'steps/runner/start.mjs',
      node: ['--import', `data:text/javascript,${encodeURIComponent(old)}`],
    }),
  ).toRefuse('This course needs Node 20.19 or later; this is Node 20.18.3.', 'https://nodejs.org')
})
