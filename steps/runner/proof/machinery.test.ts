import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { ThrowawayCourse } from '../testkit/throwaway-course.ts'
import { filesBehind, machinery } from './machinery.ts'

const repository = fileURLToPath(new URL('../../..', import.meta.url))

const judge = 'steps/runner/test-runs/judge.ts'

/** A runner of few files, of which one judges. Its packages are its own. */
const smallRunner = () =>
  new ThrowawayCourse().deletes('node_modules').types({
    [judge]: `import {
  one,
} from './imported.ts'
import type { Two } from './only-a-type.ts'
export { three } from '../system/again.mjs'
const later = () => import('./later.ts')
const setUp = new URL('set-up.mjs', import.meta.url)
const settings = new URL('../../../tsconfig.json', import.meta.url)
`,
    'steps/runner/test-runs/imported.ts': "import './side-effect.mjs'\n",
    'steps/runner/test-runs/side-effect.mjs': '',
    'steps/runner/test-runs/only-a-type.ts': '',
    'steps/runner/test-runs/later.ts': '',
    'steps/runner/test-runs/set-up.mjs': '',
    'steps/runner/system/again.mjs': '',
    'steps/runner/commands/help.ts': '',
    'package.json': '{}',
    'package-lock.json': '{}',
    'tsconfig.json': '{}',
    'node_modules/.package-lock.json': '{ "packages": { "node_modules/ioredis": { "version": "5.11.1" } } }',
  })

const env = { PATH: '/bin', EDITOR: 'vi' }

test.each([
  'package.json',
  'package-lock.json',
  'node_modules/.package-lock.json',
  'tsconfig.json',
  judge,
  'steps/runner/test-runs/imported.ts',
  'steps/runner/test-runs/side-effect.mjs',
  'steps/runner/test-runs/later.ts',
  'steps/runner/test-runs/set-up.mjs',
  'steps/runner/system/again.mjs',
])('what was found is worth nothing after a change of %s', (path) => {
  using there = smallRunner()
  const before = machinery(there.root, env)
  there.types({ [path]: `${there.reads(path)} ` })
  expect(machinery(there.root, env)).not.toBe(before)
})

test.each(['steps/runner/commands/help.ts', 'steps/runner/test-runs/only-a-type.ts', 'README.md'])(
  'a change of %s forgets nothing',
  (path) => {
    using there = smallRunner()
    const before = machinery(there.root, env)
    there.types({ [path]: '// A comment.\n' })
    expect(machinery(there.root, env)).toBe(before)
  },
)

test('without anything installed it is another one, and no mistake', () => {
  using there = smallRunner()
  const before = machinery(there.root, env)
  there.deletes('node_modules', judge)
  expect(machinery(there.root, env)).not.toBe(before)
})

test.each([
  { name: 'NODE_OPTIONS', matters: true },
  { name: 'TZ', matters: true },
  { name: 'LC_ALL', matters: true },
  // Tests do not see these: configs/test-environment.ts.
  { name: 'REDIS_URL', matters: false },
  { name: 'EDITOR', matters: false },
])('$name matters: $matters', ({ name, matters }) => {
  using there = smallRunner()
  const before = machinery(there.root, env)
  expect(machinery(there.root, { ...env, [name]: 'another' }) !== before).toBe(matters)
})

test('of the real runner it knows what runs tests, and nothing of the commands', () => {
  const files = filesBehind(repository, ['steps/runner/proof/run-proof.ts'])
  expect(files).toEqual(
    expect.arrayContaining([
      'configs/test-environment.ts',
      'vitest.config.ts',
      'steps/runner/test-runs/clean-slate.ts',
      'steps/runner/test-runs/faster/lighter-fake.ts',
      'steps/runner/test-runs/faster/state-coverage.ts',
      'steps/runner/test-runs/run-tests.ts',
    ]),
  )
  expect(files.filter((path) => /runner\/(?:commands|review|gate|cli)/.test(path))).toEqual([])
})
