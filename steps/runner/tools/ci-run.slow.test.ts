import { spawnSync } from 'node:child_process'
import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'

const ciRun = fileURLToPath(new URL('../../../.ci/run', import.meta.url))

let root: string
/** Stands in for npm and the system's programs, and writes down what was asked of it. */
const program = (name: string, text: string) => {
  const file = join(root, 'bin', name)
  writeFileSync(file, `#!/bin/bash\necho "${name} $*" >>"${root}/asked"\n${text}\n`)
  chmodSync(file, 0o755)
}
/** Where a program of this machine is. */
const found = (name: string) =>
  (process.env['PATH'] ?? '')
    .split(delimiter)
    .map((folder) => join(folder, name))
    .find((file) => existsSync(file)) ?? name

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'ci run '))
  for (const folder of ['.ci', 'bin']) mkdirSync(join(root, folder))
  copyFileSync(ciRun, join(root, '.ci', 'run'))
  for (const name of ['bash', 'dirname', 'env', 'mktemp', 'rm'])
    symlinkSync(found(name), join(root, 'bin', name))
  symlinkSync(process.execPath, join(root, 'bin', 'node'))
  // Two tests pass wherever tests are counted.
  program(
    'npm',
    'for word; do case $word in --outputFile.json=*) echo \'{"numPassedTests":2,"numFailedTests":0}\' >"${word#*=}" ;; esac; done',
  )
  program('id', 'echo 1000')
})
afterEach(() => rmSync(root, { recursive: true }))

function run(parts: readonly string[], env: Readonly<Record<string, string>> = {}) {
  const { status, stdout, stderr } = spawnSync(found('bash'), [join(root, '.ci', 'run'), ...parts], {
    env: { PATH: join(root, 'bin'), ...env },
    encoding: 'utf8',
  })
  return { status, stdout, stderr }
}
const asked = (): readonly string[] => {
  if (!existsSync(join(root, 'asked'))) return []
  const lines = readFileSync(join(root, 'asked'), 'utf8').trimEnd().split('\n')
  return lines.map((line) => line.replace(/ -- .*/, '')).filter((line) => !line.startsWith('id '))
}

// Git's bash runs it on GitHub's Windows; the programs put in its way here are none that Windows would start.
describe.skipIf(process.platform === 'win32')('.ci/run', () => {
  test('runs the parts that it is given, and ends with their times and the totals', () => {
    const { status, stdout } = run(['test', 'gate'])
    expect(stdout).toMatch(
      /\n {2}test {11} +\d+ s\n {2}gate {11} +\d+ s\n {2}total {10} +\d+ s\n3 passed, 0 failed\n$/,
    )
    expect(status).toBe(0)
    expect(asked()).toEqual(['npm run --silent test', 'npm run --silent gate'])
  })

  test('quick is a few of all parts, and the walk is in neither', () => {
    for (const name of ['redis-server', 'openssl', 'chromium']) program(name, '')
    expect(run(['quick']).status).toBe(0)
    const quick = asked()
    expect(run([]).stdout).toMatch(/\d\d passed, 0 failed\n$/)
    const all = asked().slice(quick.length)
    expect(quick).toEqual(['npm run --silent gate', 'npm run --silent test:quick'])
    expect(all).toEqual(
      expect.arrayContaining(['npm ci', 'npm run --silent gate', 'npm run --silent test:runner']),
    )
    expect(all.length).toBeGreaterThan(2 * quick.length)
    expect([...quick, ...all]).not.toContain('npm run --silent test:walk')
    run(['walk'])
    expect(asked().at(-1)).toBe('npm run --silent test:walk')
  })

  test('a part that fails is counted, and the next ones are run; without packages nothing is', () => {
    program('npm', 'exit 1')
    const { status, stdout } = run(['test', 'gate'])
    expect(stdout).toMatch(/\n0 passed, 2 failed\n$/)
    expect(status).toBe(1)
    expect(run(['install', 'test']).stdout).toMatch(/ install [^]*\n0 passed, 1 failed\n$/)
    expect(asked().at(-1)).toBe('npm ci')
  })

  test('a part that is not there is refused before anything is run', () => {
    const { status, stdout, stderr } = run(['test', 'nonsense'])
    expect(stderr).toContain('✗ There is no part "nonsense". Parts: install ')
    expect(stdout).toBe('0 passed, 1 failed\n')
    expect(status).toBe(1)
    expect(asked()).toEqual([])
  })

  test('a program that is missing is said, and nothing is run', () => {
    program('openssl', '')
    const { status, stdout, stderr } = run(['test', 'redis'])
    expect(stderr).toContain('✗ These programs are missing: redis-server\n')
    expect(stderr).toContain('sudo apt-get install redis-server)')
    expect(stdout).toBe('0 passed, 1 failed\n')
    expect(status).toBe(1)
    expect(asked()).toEqual([])
  })

  test('on a developer’s own machine nothing is installed, though apt-get is there', () => {
    program('apt-get', '')
    program('sudo', 'exec "$@"')
    expect(run(['redis']).status).toBe(1)
    expect(asked()).toEqual([])
  })

  test.each([
    ['where CI is set', { CI: 'true' }, 'echo 1000'],
    ['for root', {}, 'echo 0'],
  ])('what is missing is installed %s', (_where, env, id) => {
    program('apt-get', '')
    program('sudo', 'exec "$@"')
    program('id', id)
    expect(run(['redis', 'peers'], env).status).toBe(0)
    expect(asked().filter((line) => !line.startsWith('sudo '))).toEqual([
      'apt-get update -qq',
      'apt-get install -y -qq redis-server openssl',
      'npm run --silent test:redis',
      'npm run --silent test:peers',
    ])
  })
})
