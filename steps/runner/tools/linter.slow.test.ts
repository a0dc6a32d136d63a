import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { entryOf } from '../system/run-tool.ts'

const repository = fileURLToPath(new URL('../../..', import.meta.url))

/** The runner's folders, lowest first. A folder imports of the lines above its own, and of no other. */
const layers: readonly (readonly string[])[] = [
  ['system'],
  ['course'],
  ['terminal', 'test-runs'],
  ['workspace'],
  ['review', 'proof'],
  ['mutation', 'gate', 'authoring', 'report'],
  ['commands', 'bench', 'tools'],
]
const folders = layers.flat()

let root: string
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'linter-'))
})
afterEach(() => rmSync(root, { recursive: true }))

/** What the linter finds in these files of the runner: `system/planted.ts no-cycle`, each once. */
function lint(files: Readonly<Record<string, string>>): readonly string[] {
  for (const [path, text] of Object.entries(files)) {
    const to = join(root, 'steps', 'runner', path)
    mkdirSync(dirname(to), { recursive: true })
    writeFileSync(to, text)
  }
  const args = [entryOf('oxlint'), '-c', join(repository, 'configs', 'oxlint.json'), '-f', 'json', 'steps']
  const { stdout } = spawnSync(process.execPath, args, { cwd: root, encoding: 'utf8' })
  const { diagnostics } = JSON.parse(stdout) as {
    readonly diagnostics: readonly { readonly code: string; readonly filename: string }[]
  }
  const found = diagnostics.map(({ code, filename }) => {
    const path = filename.replaceAll('\\', '/').replace(/^.*steps\/runner\//, '')
    return `${path} ${/\((?<rule>.+)\)/.exec(code)?.groups?.['rule']}`
  })
  return [...new Set(found)].toSorted()
}

test('every folder of the runner has its layer, but for the one for tests alone', () => {
  const there = readdirSync(join(repository, 'steps', 'runner'), { withFileTypes: true })
  const names = there.filter((entry) => entry.isDirectory()).map(({ name }) => name)
  expect(names.toSorted()).toEqual([...folders, 'testkit'].toSorted())
})

test('a folder imports only of folders below it: the linter refuses every other import', () => {
  const planted = folders.flatMap((from) =>
    [...folders, 'testkit']
      .filter((to) => to !== from)
      .map((to) => ({
        path: `${from}/of-${to}.ts`,
        below: layers.findIndex((layer) => layer.includes(to)),
        at: layers.findIndex((layer) => layer.includes(from)),
        text: `export { a } from '../${to}/a.ts'\n`,
      })),
  )
  const upwards = planted.filter(({ at, below }) => below >= at || below === -1)
  expect(upwards.length).toBeGreaterThan(100)
  const found = lint(Object.fromEntries(planted.map(({ path, text }) => [path, text])))
  expect(found).toEqual(upwards.map(({ path }) => `${path} no-restricted-imports`).toSorted())
})

test('neither a type, nor a deeper folder, nor import() is a way around that', () => {
  expect(
    lint({
      'course/a-type.ts': "import type { A } from '../proof/a.ts'\n\nexport type B = readonly A[]\n",
      'course/later.ts': "export const a = () => import('../cli.ts')\n",
      'proof/rules/deep.ts': "export { a } from '../../gate/a.ts'\nexport { b } from '../b.ts'\n",
      'proof/b.test.ts': "export { a } from '../testkit/a.ts'\n",
    }),
  ).toEqual([
    'course/a-type.ts no-restricted-imports',
    'course/later.ts no-restricted-imports',
    'proof/rules/deep.ts no-restricted-imports',
  ])
})

test('two files that import only types of each other are a cycle', () => {
  expect(
    lint({
      'course/one.ts': "import type { Two } from './two.ts'\n\nexport type One = readonly Two[]\n",
      'course/two.ts': "import type { One } from './one.ts'\n\nexport type Two = readonly One[]\n",
    }),
  ).toEqual(['course/one.ts no-cycle', 'course/two.ts no-cycle'])
})
