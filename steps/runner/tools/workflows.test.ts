import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { load } from 'js-yaml'
import { expect, test } from 'vitest'

const repository = fileURLToPath(new URL('../../..', import.meta.url))
const read = (path: string) => readFileSync(join(repository, path), 'utf8')
const workflows = new Map(
  readdirSync(join(repository, '.github', 'workflows')).map((name) => [
    name,
    read(`.github/workflows/${name}`),
  ]),
)

interface Job {
  readonly permissions?: Readonly<Record<string, string>>
  readonly steps: readonly { readonly run?: string; readonly uses?: string; readonly with?: object }[]
}

interface Workflow {
  readonly on: Readonly<Record<string, unknown>>
  readonly permissions?: Readonly<Record<string, string>>
  readonly jobs: Readonly<Record<string, Job>>
}

const parsed = new Map([...workflows].map(([name, text]) => [name, load(text) as Workflow]))
const jobs = [...parsed].flatMap(([name, { jobs: all }]) =>
  Object.entries(all).map(([id, job]) => ({ name: `${name}: ${id}`, job })),
)
const typed = [...parsed.values()].flatMap(({ jobs: all }) =>
  Object.values(all).flatMap(({ steps }) => steps.flatMap(({ run }) => run ?? [])),
)

/** The script that a command runs, with its first word: `npm run --silent step verify fresh` -> `step verify`. */
function scriptOf(command: string): string | null {
  const words =
    /^npm (?:(?<own>ci|test)|run (?:--silent )?(?<script>[\w:-]+)(?<word> \w+)?(?: [\w~.-]+)*)$/.exec(
      command.trim(),
    )?.groups
  return words ? (words['own'] ?? `${words['script']}${words['word'] ?? ''}`) : null
}

/** What `.ci/run` runs: lines that begin with `part` or `tests`. */
const ciRun = [...read('.ci/run').matchAll(/^(?<how>part|tests) (?<what>.+)$/gm)].map(({ groups = {} }) => {
  const { how, what = '' } = groups
  return scriptOf(how === 'part' ? what : what === 'test' ? 'npm test' : `npm run ${what}`)
})

test('every shell line of a workflow is a script of the project that .ci/run runs too', () => {
  expect(ciRun).not.toContain(null)
  expect(typed.filter((line) => !ciRun.includes(scriptOf(line)))).toEqual([])
  const { scripts } = JSON.parse(read('package.json')) as { scripts: object }
  const names = typed.map((line) => scriptOf(line)?.split(' ')[0] ?? line)
  expect(names.filter((name) => name !== 'ci' && !(name in scripts))).toEqual([])
})

test('whatever .ci/run runs, a workflow runs too', () => {
  expect(ciRun.filter((script) => !typed.map(scriptOf).includes(script))).toEqual([])
})

test('no shell line holds a value that comes from outside', () => {
  expect(typed.filter((line) => line.includes('$'))).toEqual([])
})

test('every action is pinned by its commit, with its version beside it', () => {
  const uses = [...workflows.values()].flatMap((text) => text.match(/^\s*-? *uses: .*$/gm) ?? [])
  const pinned = /^\s*-? *uses: [\w-]+\/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/
  expect(uses.length).toBeGreaterThan(0)
  expect(uses.filter((line) => !pinned.test(line))).toEqual([])
})

test('every workflow says what it may do, and only the comment may write', () => {
  expect([...parsed].filter(([, { permissions }]) => permissions === undefined)).toEqual([])
  const writes = (permissions: object = {}) => Object.values(permissions).some((right) => right !== 'read')
  expect([...parsed].filter(([, { permissions }]) => writes(permissions))).toEqual([])
  expect(jobs.filter(({ job }) => writes(job.permissions)).map(({ name }) => name)).toEqual([
    'comment.yml: comment',
  ])
})

test('the job that may write runs nothing and checks nothing out', () => {
  const { steps } = parsed.get('comment.yml')?.jobs['comment'] ?? { steps: [] }
  expect(
    steps.filter(({ run, uses = '' }) => run !== undefined || uses.startsWith('actions/checkout')),
  ).toEqual([])
  expect(steps.length).toBeGreaterThan(0)
})

test('no workflow is started with rights by what a fork sends, and no checkout keeps a token', () => {
  expect([...parsed.values()].filter(({ on }) => 'pull_request_target' in on)).toEqual([])
  const checkouts = jobs.flatMap(({ job }) =>
    job.steps.filter(({ uses = '' }) => uses.startsWith('actions/checkout')),
  )
  expect(checkouts.length).toBeGreaterThan(0)
  for (const { with: settings } of checkouts) {
    expect(settings).toMatchObject({ 'persist-credentials': false })
    expect(settings).not.toHaveProperty('ref')
  }
})

test('the workflow that comments waits for the one that reports, by its name', () => {
  const waiting = workflows.get('comment.yml') ?? ''
  expect(waiting).toContain('workflows: [Coverage]')
  expect(workflows.get('coverage.yml')).toMatch(/^name: Coverage$/m)
})

test('vitest and its coverage move together', () => {
  const { updates } = load(read('.github/dependabot.yml')) as {
    updates: readonly { 'package-ecosystem': string; groups: Record<string, { patterns: string[] }> }[]
  }
  expect(updates.map((one) => one['package-ecosystem'])).toEqual(['npm', 'github-actions'])
  expect(Object.entries(updates[0]?.groups ?? {})[0]).toEqual([
    'vitest',
    { patterns: ['vitest', '@vitest/*'] },
  ])
})
