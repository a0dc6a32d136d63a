import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { expect, onTestFinished, test, vi } from 'vitest'
import type { TestResults } from '../test-results.ts'
import { standBy } from './warm-vitest.ts'
import { ThrowawayCourse } from '../../testkit/throwaway-course.ts'

const modules = fileURLToPath(new URL('../../../../node_modules', import.meta.url))

const ends = ({ files }: TestResults) =>
  [...files.values()].map((light) =>
    light.kind === 'ran' ? light.tests.map(({ kind }) => kind).join() : light.kind,
  )

test('sees at each run what stands on the disk then', async () => {
  using there = new ThrowawayCourse()
  await using tests = await standBy(there.root)
  const run = async () => {
    const lights = await tests.run(['test/sum.test.ts', 'test/less.test.ts'])
    tests.warmUp()
    return ends(lights)
  }
  expect(await run()).toEqual(['passed', 'passed'])

  const sound = there.reads('src/index.ts') ?? ''
  there.types({ 'src/index.ts': sound.replace('-one', 'one') })
  expect(await run()).toEqual(['passed', 'failed'])
  expect(await run(), 'the same again').toEqual(['passed', 'failed'])

  there.types({
    'src/index.ts': "export { add } from './add.ts'\nexport const negate = (one: number) => -one\n",
  })
  expect(await run()).toEqual(['amber', 'amber'])

  there.types({ 'src/add.ts': 'export const add = (one: number, other: number) => one + other\n' })
  expect(await run()).toEqual(['passed', 'passed'])

  there.types({ 'src/index.ts': sound }).deletes('src/add.ts')
  expect(await run()).toEqual(['passed', 'passed'])
})

test('sees changes to what tests import from elsewhere', async () => {
  using there = new ThrowawayCourse()
  there.types({
    'wanted.json': '[3]',
    'test/sum.test.ts': `import { expect, test } from 'vitest'
import { add } from '../src/index.ts'
import wanted from '../wanted.json'

test('adds', () => expect(add(1, 2)).toBe(wanted[0]))
`,
  })
  await using tests = await standBy(there.root)
  expect(ends(await tests.run(['test/sum.test.ts']))).toEqual(['passed'])

  there.types({ 'wanted.json': '[4]' })
  expect(ends(await tests.run(['test/sum.test.ts']))).toEqual(['failed'])
})

test('sees that another file is meant by the same import', async () => {
  using there = new ThrowawayCourse()
  there.types({
    'src/index.ts': "export { add } from './sum'\n",
    'src/sum/index.ts': 'export const add = () => 3\n',
  })
  await using tests = await standBy(there.root)
  expect(ends(await tests.run(['test/sum.test.ts']))).toEqual(['passed'])

  there.types({ 'src/sum.ts': 'export const add = () => 4\n' })
  expect(ends(await tests.run(['test/sum.test.ts']))).toEqual(['failed'])
})

test('runs single tests when that is all one wants to know', async () => {
  using there = new ThrowawayCourse()
  there.types({
    'test/sum.test.ts': `import { expect, test } from 'vitest'
import { add } from '../src/index.ts'

test('adds', () => expect(add(1, 2)).toBe(3))
test('adds (much) more', () => expect(add(1, 200)).toBe(201))
test('fails', () => expect(add(1, 2)).toBe(4))
`,
  })
  await using tests = await standBy(there.root)
  const files = ['test/sum.test.ts']

  const some = await tests.run(files, new Map([['test/sum.test.ts', ['adds (much) more', 'fails']]]))
  expect(ends(some)).toEqual(['skipped,passed,failed'])
  expect(ends(await tests.run(files))).toEqual(['passed,passed,failed'])
})

test.each([
  [
    'a worker that no other run has used',
    `const here = globalThis as { been?: boolean }
  expect(here.been).toBeUndefined()
  here.been = true`,
  ],
  ['the environment of `npm test`', `expect(process.env['VITEST']).toBe('true')`],
])('gives each run %s', async (_, body) => {
  // What this test itself runs with would reach them, if nothing else did.
  vi.stubEnv('VITEST', 'outside')
  onTestFinished(() => void vi.unstubAllEnvs())
  using there = new ThrowawayCourse()
  there.types({
    'test/sum.test.ts': `import { expect, test } from 'vitest'\n\ntest('is so', () => {\n  ${body}\n})\n`,
  })
  await using tests = await standBy(there.root)
  for (let round = 0; round < 3; round += 1) {
    expect(ends(await tests.run(['test/sum.test.ts']))).toEqual(['passed'])
    tests.warmUp()
  }
})

test('leaves nothing running when it is closed', async () => {
  using there = new ThrowawayCourse()
  const module = fileURLToPath(new URL('warm-vitest.ts', import.meta.url))
  there.types({
    'close.ts': `import { standBy } from ${JSON.stringify(module)}

const tests = await standBy(process.cwd())
await tests.run(['test/sum.test.ts'])
tests.warmUp()
await tests[Symbol.asyncDispose]()
console.log('closed')
`,
  })
  const jiti = join(modules, 'jiti', 'lib', 'jiti-cli.mjs')

  const { stdout } = await promisify(execFile)(process.execPath, [jiti, 'close.ts'], {
    cwd: there.root,
  })

  expect(stdout).toBe('closed\n')
})

test.each([
  ['ioredis', "import 'ioredis'\n", true],
  ['nothing', '// ioredis\n', false],
])('a worker that waits has loaded what the files import: %s', async (_, source, isLoaded) => {
  using there = new ThrowawayCourse().types({
    'src/own.ts': source,
    'test/sum.test.ts': `import { createRequire } from 'node:module'
import { expect, test } from 'vitest'
test('looks', () => {
  const loaded = Object.keys(createRequire(import.meta.url).cache)
  expect(loaded.some((path) => /ioredis.built/.test(path))).toBe(${isLoaded})
})
`,
  })
  await using tests = await standBy(there.root)
  await tests.run(['test/sum.test.ts'])
  tests.warmUp()
  expect(ends(await tests.run(['test/sum.test.ts']))).toEqual(['passed'])
})
