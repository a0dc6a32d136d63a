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
  readonly name?: string
  readonly needs?: string | readonly string[]
  readonly if?: string
  readonly permissions?: Readonly<Record<string, string>>
  readonly steps: readonly { readonly run?: string; readonly uses?: string; readonly with?: object }[]
}

interface Workflow {
  readonly on: Readonly<Record<string, unknown>>
  readonly permissions?: Readonly<Record<string, string>>
  readonly concurrency?: object
  readonly jobs: Readonly<Record<string, Job>>
}

const parsed = new Map([...workflows].map(([name, text]) => [name, load(text) as Workflow]))
const jobs = [...parsed].flatMap(([name, { jobs: all }]) =>
  Object.entries(all).map(([id, job]) => ({ name: `${name}: ${id}`, job })),
)
const typed = [...parsed.values()].flatMap(({ jobs: all }) =>
  Object.values(all).flatMap(({ steps }) => steps.flatMap(({ run }) => run ?? [])),
)

const ciRun = read('.ci/run')
/** The parts of `.ci/run`, with the script that each of them runs: `npm run step verify fresh` is `step`. */
const parts = new Map(
  [...ciRun.matchAll(/^ {4}(?<name>[\w-]+)\) (?:part|tests) (?<what>.+) ;;$/gm)].map(({ groups = {} }) => {
    const { name = '', what = '' } = groups
    return [name, /^npm (?:run (?:--silent )?)?(?<script>[\w:-]+)/.exec(what)?.groups?.['script'] ?? what]
  }),
)
/** A list of parts at the top of `.ci/run`. */
const listed = (name: string) =>
  new RegExp(`^${name}="(?<parts>.+)"$`, 'm').exec(ciRun)?.groups?.['parts']?.split(' ') ?? []
const runByWorkflows = typed.flatMap((line) => (line.startsWith('.ci/run ') ? line.split(' ').slice(1) : []))

test('every shell line of a workflow is parts of .ci/run, but for the one that gathers what the others found', () => {
  expect(typed.filter((line) => !/^\.ci\/run( [\w-]+)+$/.test(line))).toEqual(['exit 1'])
  expect(runByWorkflows.filter((part) => !parts.has(part))).toEqual([])
})

test('every part of .ci/run is run by a workflow, and is a script of the project', () => {
  const everything = [...listed('all'), ...listed('nightly'), ...listed('publish')]
  // A few of `runner`'s tests, for people.
  expect([...everything, 'runner-quick'].toSorted()).toEqual([...parts.keys()].toSorted())
  expect(everything.filter((part) => !runByWorkflows.includes(part))).toEqual([])
  expect(listed('quick').filter((part) => !parts.has(part))).toEqual([])
  const { scripts } = JSON.parse(read('package.json')) as { scripts: object }
  expect([...parts.values()].filter((script) => script !== 'ci' && !(script in scripts))).toEqual([])
})

const jobOf = (workflow: string, id: string) => parsed.get(workflow)?.jobs[id]

test('one job gathers all others, by the name that team leads are told for branch protection', () => {
  const named = /needs the checks `(?<one>\w+)` and `(?<other>\w+)`/.exec(
    read('docs/team-leads.md').replaceAll(/\s+/g, ' '),
  )?.groups
  expect(named).toEqual({
    one: jobOf('check.yml', 'check')?.name,
    other: jobOf('coverage.yml', 'report')?.name,
  })
  const { check, ...others } = parsed.get('check.yml')?.jobs ?? {}
  expect(check).toMatchObject({ needs: Object.keys(others), if: 'always()' })
})

test("a learner's own pull request is recognised first, and the rest waits for that", () => {
  const { change, check: _gathers, ...others } = parsed.get('check.yml')?.jobs ?? {}
  expect(change?.needs).toBe(undefined)
  expect(Object.values(others).length).toBeGreaterThan(2)
  for (const job of Object.values(others)) {
    expect(job).toMatchObject({ needs: 'change', if: "needs.change.outputs.learner != 'true'" })
  }
})

test('nothing that runs on main is cancelled', () => {
  const settings = [...parsed].flatMap(([name, { on, concurrency }]) =>
    'push' in on && name !== 'nightly.yml' ? [{ name, concurrency }] : [],
  )
  expect(settings.length).toBeGreaterThan(1)
  for (const { name, concurrency } of settings) {
    expect(concurrency, name).toEqual({
      // For each commit of main a group of its own: of two in one group, the waiting one is cancelled by a third.
      group: `${name.replace('.yml', '')}-\${{ github.event_name == 'pull_request' && github.ref || github.sha }}`,
      'cancel-in-progress': "${{ github.event_name == 'pull_request' }}",
    })
  }
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

test('every workflow says what it may do; only the comment and, on main alone, history and site may write', () => {
  expect([...parsed].filter(([, { permissions }]) => permissions === undefined)).toEqual([])
  const writes = (permissions: object = {}) => Object.values(permissions).some((right) => right !== 'read')
  expect([...parsed].filter(([, { permissions }]) => writes(permissions))).toEqual([])
  expect(jobs.filter(({ job }) => writes(job.permissions)).map(({ name }) => name)).toEqual([
    'comment.yml: comment',
    'history.yml: publish',
    'site.yml: publish',
  ])
  for (const name of ['history.yml', 'site.yml']) {
    expect(parsed.get(name)?.on, name).toEqual({ push: { branches: ['main'] } })
  }
  expect(jobOf('site.yml', 'publish')?.permissions).toEqual({ pages: 'write', 'id-token': 'write' })
})

test('what a fork has written is disarmed by our own code before it is posted', () => {
  const { 'pull-request': ours, comment } = parsed.get('comment.yml')?.jobs ?? {}
  const report = (job: Job | undefined, action: string) =>
    job?.steps
      .filter(({ uses = '' }) => uses.startsWith(`actions/${action}-artifact@`))
      .map((step) => step.with)
  expect(report(ours, 'download')).toMatchObject([
    { name: 'report', 'run-id': '${{ github.event.workflow_run.id }}' },
  ])
  expect(report(ours, 'upload')).toMatchObject([{ name: 'disarmed' }])
  // Without a run of another workflow named, it is the artifact of this one.
  expect(report(comment, 'download')).toEqual([{ name: 'disarmed', path: 'report' }])
})

test.each([
  ['comment.yml', 'comment'],
  ['site.yml', 'publish'],
])('in %s the job that may write runs nothing and checks nothing out', (workflow, id) => {
  const { steps } = jobOf(workflow, id) ?? { steps: [] }
  expect(
    steps.filter(({ run, uses = '' }) => run !== undefined || uses.startsWith('actions/checkout')),
  ).toEqual([])
  expect(steps.length).toBeGreaterThan(0)
})

test('no workflow is started with rights by what a fork sends, and only the history keeps a token', () => {
  expect([...parsed.values()].filter(({ on }) => 'pull_request_target' in on)).toEqual([])
  const checkouts = jobs.flatMap(({ name, job }) =>
    job.steps
      .filter(({ uses = '' }) => uses.startsWith('actions/checkout'))
      .map((step) => ({ name, settings: step.with ?? {} })),
  )
  expect(checkouts.length).toBeGreaterThan(0)
  expect(checkouts.filter(({ settings }) => 'ref' in settings)).toEqual([])
  // It pushes, and runs only what is on main.
  const keeping = checkouts.filter(
    ({ settings }) => !('persist-credentials' in settings && settings['persist-credentials'] === false),
  )
  expect(keeping.map(({ name }) => name)).toEqual(['history.yml: publish'])
})

test('the workflow that comments waits for the one that reports, by its name', () => {
  const waiting = workflows.get('comment.yml') ?? ''
  expect(waiting).toContain('workflows: [Coverage]')
  expect(workflows.get('coverage.yml')).toMatch(/^name: Coverage$/m)
})

test('vitest and its coverage move together, and not to the major that leaves Node 20', () => {
  const { updates } = load(read('.github/dependabot.yml')) as {
    updates: readonly {
      readonly 'package-ecosystem': string
      readonly directory?: string
      readonly groups: Readonly<Record<string, { readonly patterns: readonly string[] }>>
      readonly ignore: readonly {
        readonly 'dependency-name': string
        readonly 'update-types': readonly string[]
      }[]
    }[]
  }
  expect(updates.map((one) => one['package-ecosystem'])).toEqual(['npm', 'github-actions', 'docker'])
  expect(Object.entries(updates[0]?.groups ?? {})[0]).toEqual([
    'vitest',
    { patterns: ['vitest', '@vitest/*'] },
  ])
  const { engines } = JSON.parse(read('package.json')) as { engines: { node: string } }
  const held = updates[0]?.ignore.flatMap((one) =>
    one['update-types'].includes('version-update:semver-major') ? [one['dependency-name']] : [],
  )
  // When Node 20 goes, so does this.
  expect(engines.node).toBe('>=20.19')
  expect(held).toEqual(expect.arrayContaining(['vitest', '@vitest/*', 'vite', '@types/node']))
})

test('the image of the dev container is where Dependabot looks for it', () => {
  const { updates } = load(read('.github/dependabot.yml')) as {
    updates: readonly { readonly directory?: string }[]
  }
  expect(updates.at(-1)?.directory).toBe('/.devcontainer')
  expect(read('.devcontainer/Dockerfile')).toMatch(/^FROM [\w./-]+:[\w.-]+$/m)
  expect(read('.devcontainer/devcontainer.json')).toContain('"dockerfile": "Dockerfile"')
})
