import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { stripVTControlCharacters } from 'node:util'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { blocksOf } from '../course/marked-blocks.ts'
import { ThrowawayCourse } from '../testkit/throwaway-course.ts'

const repository = fileURLToPath(new URL('../../..', import.meta.url))
const read = (path: string) => readFileSync(join(repository, path), 'utf8')
const markdownIn = (folder: string) =>
  readdirSync(join(repository, folder), { recursive: true, encoding: 'utf8' })
    .map((name) => (folder === '.' ? name : `${folder}/${name.replaceAll('\\', '/')}`))
    .filter((path) => path.endsWith('.md'))
const topLevel = readdirSync(repository).filter((name) => name.endsWith('.md'))
const documents = [...topLevel, ...markdownIn('docs')]
const lessons = readdirSync(join(repository, 'steps'))
  .map((name) => `steps/${name}/README.md`)
  .filter((path) => existsSync(join(repository, path)))

const { scripts } = JSON.parse(read('package.json')) as { scripts: Readonly<Record<string, string>> }

let there: ThrowawayCourse
/** What can be typed after `npm run step`. */
let words: readonly string[]
beforeAll(() => {
  there = new ThrowawayCourse()
  const { stderr } = there.step('nonsense')
  words = /Words: (?<all>[^]*)/.exec(stderr)?.groups?.['all']?.trim().split(/,\s+/) ?? []
})
afterAll(() => there[Symbol.dispose]())

/** A heading as GitHub turns it into an anchor. */
const anchor = (heading: string) =>
  heading
    .trim()
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}\- _]/gu, '')
    .replaceAll(' ', '-')

const proseOf = (path: string) => read(path).replaceAll(/^(?: *)```[^]*?^ *```$/gm, '')
const anchorsOf = (path: string) =>
  [...proseOf(path).matchAll(/^#+ (?<text>.+)$/gm)].map(({ groups }) => anchor(groups?.['text'] ?? ''))

/** What is wrong with a link; null when nothing is. */
function brokenLink(from: string, target: string): string | null {
  if (/^[a-z]+:/i.test(target)) return URL.canParse(target) && target.startsWith('https://') ? null : target
  const [path = '', fragment] = target.split('#')
  const to = path === '' ? from : join(dirname(from), path).replaceAll('\\', '/')
  if (to.startsWith('..') || !existsSync(join(repository, to))) return target
  return fragment === undefined || anchorsOf(to).includes(fragment) ? null : target
}

const brokenLinksIn = (path: string) =>
  [...proseOf(path).matchAll(/(?<!`)\]\((?<target>[^)\s]+)\)/g)].flatMap(
    ({ groups }) => brokenLink(path, groups?.['target'] ?? '') ?? [],
  )

test.for([...documents, ...markdownIn('.github')])('the links of %s lead somewhere', (path) => {
  expect(brokenLinksIn(path)).toEqual([])
})

test('the links of the lessons lead somewhere', () => {
  expect(lessons.flatMap((path) => brokenLinksIn(path).map((target) => `${path}: ${target}`))).toEqual([])
})

test('the index of docs/ names every document in it', () => {
  const missing = readdirSync(join(repository, 'docs')).filter(
    (name) =>
      !['README.md', 'sample-report.md'].includes(name) && !read('docs/README.md').includes(`(${name})`),
  )
  expect(missing).toEqual([])
})

test.for(documents)('no code of %s is only told: it comes from files that are run', (path) => {
  const told = blocksOf(read(path)).filter(
    ({ language, mark }) => ['ts', 'js', 'tsx', 'jsx', 'json'].includes(language) && mark.kind !== 'from',
  )
  expect(told.map(({ text }) => text)).toEqual([])
})

/** Whether `npm …` can be typed: the script is there, and its word is one of the course's. */
function understood(command: string): boolean {
  if (/^npm (?:ci|install|test)$/.test(command)) return true
  const { script = '', rest = '' } =
    /^npm run (?:--silent )?(?<script>[\w:]+)(?<rest>.*)$/.exec(command)?.groups ?? {}
  if (!(script in scripts)) return false
  const [word] = rest.trim().split(' ')
  return script !== 'step' || word === '' || word === undefined || /^\d+$/.test(word) || words.includes(word)
}

test.for(documents)('whatever %s tells to type can be typed', (path) => {
  const blocks = [...read(path).matchAll(/^ *```sh\n(?<text>[^]*?)^ *```$/gm)].flatMap(
    ({ groups }) => groups?.['text']?.split('\n') ?? [],
  )
  const spans = [...proseOf(path).matchAll(/`(?<text>npm [^`]+)`/g)].map(
    ({ groups }) => groups?.['text'] ?? '',
  )
  const commands = [...blocks.flatMap((line) => line.replace(/#.*/, '').split('&&')), ...spans]
    .map((command) => command.trim().replaceAll(/\s+/g, ' '))
    .filter((command) => command !== '' && !/[…]| [A-Z]$/.test(command))
  expect(commands.filter((command) => command.startsWith('npm ') && !understood(command))).toEqual([])
  expect(commands.filter((command) => !/^(?:npm|git) /.test(command))).toEqual([])
})

test("a team lead's commands work, as they are written", () => {
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('GIT_')))
  const git = (...args: readonly string[]) => {
    const { status, stdout, stderr } = spawnSync('git', args, { cwd: there.root, env, encoding: 'utf8' })
    if (status !== 0) throw new Error(`git ${args.join(' ')}: ${stderr}`)
    return stdout
  }
  const commit = () => {
    git('add', 'src', 'test', 'steps')
    git('-c', 'user.name=a', '-c', 'user.email=a@b.c', 'commit', '--quiet', '--no-verify', '-m', 'Mine')
  }
  mkdirSync(there.path('origin'))
  git('init', '--quiet', '--initial-branch=main')
  git('init', '--quiet', '--bare', 'origin')
  git('remote', 'add', 'origin', './origin')
  commit()
  git('push', '--quiet', 'origin', 'main')

  const typed = [...read('docs/team-leads.md').matchAll(/^ *```sh\n(?<text>[^]*?)^ *```$/gm)]
    .flatMap(({ groups }) => groups?.['text']?.trim().split('\n') ?? [])
    .map((line) => line.trim())
    .filter((line) => !line.includes('coverage'))
  expect(typed).toContain('npm run step progress')
  let said = ''
  for (const command of typed) {
    const [program, ...args] = command.split(' ')
    if (command.startsWith('git push')) commit()
    if (program === 'git') said += git(...args)
    else said += there.step(...args.slice(2)).stdout
  }
  expect(said).toContain('origin/ann')
  expect(said).toContain('1 of 2 tests')
  expect(said).toContain('-export const negate')
  expect(said).toContain('Mine')
})

test('the picture of the architecture shows what the files of src/ import', () => {
  const drawn = [...read('docs/architecture.md').matchAll(/^ +(?<from>[\w-]+) --> (?<to>[\w-]+)$/gm)].map(
    ({ groups }) => `${groups?.['from']} --> ${groups?.['to']}`,
  )
  const imported = readdirSync(join(repository, 'src')).flatMap((file) =>
    [...read(`src/${file}`).matchAll(/from '\.\/(?<to>[\w-]+)\.ts'/g)].map(
      ({ groups }) => `${file.replace('.ts', '')} --> ${groups?.['to']}`,
    ),
  )
  expect(drawn.toSorted()).toEqual([...new Set(imported)].toSorted())
})

test('what the architecture says of files names files that are there, and all of src/', () => {
  const text = read('docs/architecture.md')
  const named = [...text.matchAll(/`(?<name>[a-z-]+(?:\.ts|\/))`/g)].map(
    ({ groups }) => groups?.['name'] ?? '',
  )
  const missing = named.filter(
    (name) => !existsSync(join(repository, 'steps/runner', name)) && !existsSync(join(repository, name)),
  )
  expect(missing).toEqual([])
  const files = readdirSync(join(repository, 'src')).map((file) => file.replace('.ts', ''))
  expect(files.filter((file) => !text.includes(`**${file}**`))).toEqual([])
})

const json = (path: string) => JSON.parse(read(path)) as Readonly<Record<string, unknown>>

test('VS Code runs the tests by a configuration that is there, and debugs a file with it', () => {
  const settings = json('.vscode/settings.json')
  for (const name of ['vitest.rootConfig', 'oxc.configPath', 'oxc.fmt.configPath']) {
    expect(existsSync(join(repository, String(settings[name]))), name).toBe(true)
  }
  const [debug] = json('.vscode/launch.json')['configurations'] as {
    program: string
    args: readonly string[]
  }[]
  const args = debug?.args.map((arg) => arg.replace('${relativeFile}', 'test/connection.test.ts')) ?? []
  const program = debug?.program.replace('${workspaceFolder}', repository) ?? ''
  const { stdout } = spawnSync(process.execPath, [program, ...args], {
    cwd: repository,
    encoding: 'utf8',
  })
  // Whether it passes is up to who stands at a step.
  expect(stripVTControlCharacters(stdout)).toMatch(/test\/connection\.test\.ts[^]*Tests {2}/)
})

test('the tasks of the editor and the dev container type commands that there are', () => {
  const tasks = json('.vscode/tasks.json')['tasks'] as { label: string; command: string }[]
  expect(tasks.map(({ label }) => label)).toEqual(expect.arrayContaining(['next', 'check', 'hint']))
  const container = json('.devcontainer/devcontainer.json')
  const commands = [
    ...tasks.map(({ command }) => command),
    container['postCreateCommand'],
    container['postAttachCommand'],
  ]
  expect(commands.filter((command) => !understood(String(command)))).toEqual([])
  expect(container['postAttachCommand']).toBe('npm run step')
  expect(container).toMatchObject({
    customizations: { vscode: { extensions: json('.vscode/extensions.json')['recommendations'] } },
  })
})
