import { spawnSync } from 'node:child_process'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, onTestFinished, test, vi } from 'vitest'
import { ThrowawayCourse } from '../testkit/throwaway-course.ts'
import type { State } from '../course/state.ts'
import { tryOut } from './run-states.ts'
import { runTests, workers } from './run-tests.ts'
import { standBy } from './faster/warm-vitest.ts'

delete workers.pool // Each test wants one that has loaded nothing yet.

const repository = fileURLToPath(new URL('../../..', import.meta.url))
const vitest = join(dirname(createRequire(import.meta.url).resolve('vitest/package.json')), 'vitest.mjs')

/** What a service's own shell may well hold, and other test runners leave. */
const hostile = {
  NODE_ENV: 'production',
  REDIS_URL: 'http://not-a-redis',
  VITEST: '',
  JEST_WORKER_ID: '1',
  NODE_TEST_CONTEXT: 'child',
  CI: 'true',
  MY_OWN: 'anything',
}
const allowed = Object.keys(hostile).filter((name) => name !== 'NODE_ENV' && name !== 'VITEST')

/** A course whose one test looks at its environment. */
const looking = () =>
  new ThrowawayCourse().types({
    'test/sum.test.ts': `import { expect, test } from 'vitest'
test('sees nothing of its caller', () => {
  const { NODE_ENV, VITEST, PATH } = process.env
  expect({ NODE_ENV, VITEST }).toEqual({ NODE_ENV: 'test', VITEST: 'true' })
  expect(Object.keys(process.env).filter((name) => ${JSON.stringify(allowed)}.includes(name))).toEqual([])
  expect(PATH).toBe(${JSON.stringify(process.env['PATH'])})
})
`,
  })

const files = ['test/sum.test.ts']
const green = new Map([
  ['test/sum.test.ts', { kind: 'ran', tests: [{ kind: 'passed', test: 'sees nothing of its caller' }] }],
])

test('tests that the runner runs do not see what its caller had set', async () => {
  for (const [name, value] of Object.entries(hostile)) vi.stubEnv(name, value)
  onTestFinished(() => void vi.unstubAllEnvs())
  using there = looking()

  expect((await runTests({ root: there.root, files })).files).toEqual(green)

  await using standing = await standBy(there.root)
  expect((await standing.run(files)).files).toEqual(green)
  standing.warmUp()
  expect((await standing.run(files)).files).toEqual(green)
})

test('nor do those that npm test runs', () => {
  using there = looking()
  const { PATH, SystemRoot = '' } = process.env
  const { status, stdout } = spawnSync(
    process.execPath,
    [vitest, 'run', '--config', join(repository, 'vitest.config.ts'), '--root', there.root, ...files],
    { cwd: there.root, env: { PATH, SystemRoot, ...hostile }, encoding: 'utf8' },
  )
  expect(stdout).toContain('1 passed')
  expect(status).toBe(0)
})

test('the fake is loaded for states that name it, and for no others', async () => {
  const looks = (isLoaded: boolean) =>
    Buffer.from(`import { createRequire } from 'node:module'
import { expect, test } from 'vitest'
test('looks', () => {
  const loaded = Object.keys(createRequire(import.meta.url).cache)
  expect(loaded.some((path) => path.includes(['ioredis', 'mock'].join('-')))).toBe(${isLoaded})
})
`)
  using there = new ThrowawayCourse()
  const endsOf = async (state: State) =>
    (await tryOut(there.root, new Map([['one', state]]))).get('one')?.files
  const passed = new Map([['test/a.test.ts', { kind: 'ran', tests: [{ kind: 'passed', test: 'looks' }] }]])

  expect(await endsOf(new Map([['test/a.test.ts', looks(false)]]))).toEqual(passed)
  const names = ['src/index.ts', Buffer.from("import 'ioredis-mock'\n")] as const
  expect(await endsOf(new Map([names, ['test/a.test.ts', looks(true)]]))).toEqual(passed)
})

test('an import that leads nowhere in a state does not find the file of the same place in the repository', async () => {
  using there = new ThrowawayCourse().types({ 'src/deep/own.ts': 'export const own = 1\n' })
  const importing = `import { expect, test } from 'vitest'
import { own } from '../../src/deep/own.ts'

test('imports', () => {
  expect(own).toBe(1)
})
`
  const state: State = new Map([['test/deep/own.test.ts', Buffer.from(importing)]])
  const results = await tryOut(there.root, new Map([['alone', state]]))
  expect(results.get('alone')?.files.get('test/deep/own.test.ts')).toMatchObject({
    kind: 'amber',
    thrown: { message: expect.stringContaining("Cannot find module '../../src/deep/own.ts'") },
  })
})
