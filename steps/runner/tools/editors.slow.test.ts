import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { stripVTControlCharacters } from 'node:util'
import { expect, test } from 'vitest'

const repository = fileURLToPath(new URL('../../..', import.meta.url))
const json = (path: string) =>
  JSON.parse(readFileSync(join(repository, path), 'utf8')) as Readonly<Record<string, unknown>>

const vitest = (...args: readonly string[]) => {
  const program = join(repository, 'node_modules', 'vitest', 'vitest.mjs')
  const { stdout } = spawnSync(process.execPath, [program, ...args], { cwd: repository, encoding: 'utf8' })
  return stripVTControlCharacters(stdout)
}

test('VS Code finds the settings of the linter, the formatter, and of all tests that it runs', () => {
  const settings = json('.vscode/settings.json')
  for (const name of ['oxc.configPath', 'oxc.fmt.configPath']) {
    expect(existsSync(join(repository, String(settings[name]))), name).toBe(true)
  }
  const searched = /^\{(?<paths>.+)\}$/.exec(String(settings['vitest.configSearchPatternInclude']))
  const paths = searched?.groups?.['paths']?.split(',') ?? []
  expect(paths.toSorted()).toEqual(['configs/vitest.runner.config.ts', 'vitest.config.ts'])
  expect(paths.filter((path) => !existsSync(join(repository, path)))).toEqual([])
})

test('vitest without a word more runs the behaviours and the cache, and nothing else', () => {
  const listed = JSON.parse(vitest('list', '--filesOnly', '--json')) as { file: string }[]
  const all = readdirSync(join(repository, 'test'), { recursive: true, encoding: 'utf8' })
  const files = all.filter((name) => name.endsWith('.test.ts'))
  expect(listed.map(({ file }) => relative(join(repository, 'test'), file)).toSorted()).toEqual(
    files.toSorted(),
  )
})

test.each([
  ['Debug this test file', 'test/connection.test.ts'],
  ['Debug this test file of the runner', 'steps/runner/course/state.test.ts'],
])('VS Code: %s', (name, file) => {
  const { configurations } = json('.vscode/launch.json') as {
    configurations: { name: string; program: string; args: readonly string[] }[]
  }
  const debug = configurations.find((one) => one.name === name)
  expect(debug?.program).toBe('${workspaceFolder}/node_modules/vitest/vitest.mjs')
  const said = vitest(...(debug?.args.map((arg) => arg.replace('${relativeFile}', file)) ?? []))
  // Whether it passes is up to who stands at a step.
  expect(said).toContain(file)
  expect(said).toMatch(/ Tests {2}/)
})
