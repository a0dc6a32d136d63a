import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { blocksOf } from '../course/marked-blocks.ts'
import { words } from '../terminal/words.ts'
import { ThrowawayCourse } from '../testkit/throwaway-course.ts'
import { betweenFolders, importsIn, inCycles, withoutShortcuts, type Imports } from '../testkit/imports.ts'

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
beforeAll(() => {
  there = new ThrowawayCourse()
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
      !/^README\.md$|^sample-reports$|\.svg$/.test(name) && !read('docs/README.md').includes(`(${name})`),
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
  return script !== 'step' || word === '' || word === undefined || /^\d+$/.test(word) || word in words
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

test("a team lead's commands work, as they are written", async () => {
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
    else said += (await there.step(...args.slice(2))).stdout
  }
  expect(said).toContain('origin/ann')
  expect(said).toContain('1 of 2 tests')
  expect(said).toContain('-export const negate')
  expect(said).toContain('Mine')
})

const architecture = read('docs/architecture.md')
/** What the drawings of the architecture show: of the client, of what is built on it, and of the runner. */
const [clientDrawn = [], cacheDrawn = [], runnerDrawn = []] = blocksOf(architecture)
  .filter(({ language }) => language === 'mermaid')
  .map(({ text }) => text.match(/[\w.-]+ --> [\w.-]+/g) ?? [])
const arrowsOf = (imports: Imports) =>
  [...imports].flatMap(([from, to]) => to.map((one) => `${from} --> ${one}`))
const runner = join(repository, 'steps', 'runner')

test('the drawings of the client and the cache show what the files of src/ import', () => {
  const imported = arrowsOf(importsIn(join(repository, 'src'))).map((arrow) => arrow.replaceAll('.ts', ''))
  const ofCache = imported.filter((arrow) => arrow.startsWith('cache/'))
  expect(clientDrawn.toSorted()).toEqual(imported.filter((arrow) => !ofCache.includes(arrow)).toSorted())
  const drawn = ofCache.map((arrow) => arrow.replace('--> index', '--> client').replaceAll('cache/', ''))
  expect(cacheDrawn.toSorted()).toEqual(drawn.toSorted())
})

test('the drawing of the runner shows what its folders import, and nothing imports in a circle', () => {
  const modules = importsIn(runner)
  const folders = betweenFolders(modules)
  expect(inCycles(modules)).toEqual([])
  expect(inCycles(folders)).toEqual([])
  expect(runnerDrawn.toSorted()).toEqual(arrowsOf(withoutShortcuts(folders)).toSorted())
})

test('the architecture says of every folder of the runner what is in it, and hardly a file is in none', () => {
  const entries = readdirSync(runner, { withFileTypes: true })
  const said = [...architecture.matchAll(/^\| `(?<name>[\w-]+)\/` \| \S/gm)].map(
    ({ groups }) => groups?.['name'],
  )
  const folders = entries.filter((entry) => entry.isDirectory()).map(({ name }) => name)
  expect(said.toSorted()).toEqual(folders.toSorted())
  expect(entries.filter((entry) => entry.isFile()).length).toBeLessThanOrEqual(6)
})

test('what the architecture says of files names files that are there, and all of src/', () => {
  const named = [...architecture.matchAll(/`(?<name>[\w./-]+(?:\.\w+|\/)|\.ci\/run)`/g)].map(
    ({ groups }) => groups?.['name'] ?? '',
  )
  const missing = named.filter(
    (name) => !existsSync(join(runner, name)) && !existsSync(join(repository, name)),
  )
  expect(named.length).toBeGreaterThan(20)
  expect(missing).toEqual([])
  const entries = readdirSync(join(repository, 'src'), { recursive: true, encoding: 'utf8' })
  const files = entries.flatMap((path) => (path.endsWith('.ts') ? [basename(path, '.ts')] : []))
  expect(files.filter((file) => !architecture.includes(`**${file}**`))).toEqual([])
})

const json = (path: string) => JSON.parse(read(path)) as Readonly<Record<string, unknown>>

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

test('every picture in docs/ is shown by a document', () => {
  const pictures = readdirSync(join(repository, 'docs')).filter((name) => name.endsWith('.svg'))
  const texts = documents.map(read).join('\n')
  expect(pictures.filter((name) => !texts.includes(name))).toEqual([])
})
