import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { appendFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { dirname, join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { loadCourse } from '../course/read-course.ts'
import { freshProof } from './fresh-proof.ts'
import { checkOutIndex } from '../gate/checkout-index.ts'
import { linkPackages, temporaryFolder } from '../system/temporary-folder.ts'

// `npm run bench:feedback`: how long each command takes, as a ratio to a floor that the machine sets. Each
// round measures every command once, so that what else the machine does meets all of them alike. In a copy of what is
// in git's index: your own src/, test/ and position stay as they are. `npm run bench:feedback 5` takes 5 rounds; `npm run
// bench:feedback proof` takes none, and only tells of the whole proof's tests.

const repository = fileURLToPath(new URL('../../..', import.meta.url))
const [word = '3'] = process.argv.slice(2)
const proofAlone = word === 'proof'
const rounds = proofAlone ? -1 : Number(word)

interface Goal {
  readonly what: string
  /** The measure that this one is compared to, and how many times as long it may take. */
  readonly against?: { readonly what: string; readonly atMost: number }
  /** How long it may take at all. */
  readonly seconds?: number
}

interface Measure extends Goal {
  readonly script: readonly string[]
  readonly folder: string
  /** Stop the clock when this has been printed; by default when the command has ended. */
  readonly until?: string
  readonly before?: () => void
  /** Too long to be measured more than once: in the last round. */
  readonly once?: boolean
}

/** Milliseconds from Enter to the end, or to the words waited for. */
async function timed({ script, folder, until, before }: Measure): Promise<number> {
  before?.()
  // npm is a script of its own on every system: this is how `npm run` starts without a shell in between.
  const npm = process.env['npm_execpath']
  if (npm === undefined) throw new Error('Start this with: npm run bench:feedback')
  const start = performance.now()
  const child = spawn(process.execPath, [npm, ...script], {
    cwd: folder,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let seen: number | null = null
  let said = ''
  child.stdout.on('data', (data) => {
    said += String(data)
    if (until !== undefined && said.includes(until)) seen ??= performance.now() - start
  })
  child.stderr.on('data', (data) => (said += String(data)))
  const code = await new Promise((resolve) => {
    child.on('close', resolve)
  })
  // A damaged course can be measured, too, but the figures should say so.
  if (code !== 0) {
    process.exitCode = 1
    process.stderr.write(`npm ${script.join(' ')} ended with ${String(code)}:\n${said}\n`)
  }
  return seen ?? performance.now() - start
}

interface Watched {
  readonly first: number
  readonly later: number
  readonly whole: number
}

/**
 * Milliseconds from the start of `watch` to its first verdict; and, on a machine that has come to rest, from saving a
 * file to the first verdict on that and to the whole of it.
 */
async function watched(root: string): Promise<Watched> {
  const start = performance.now()
  const child = spawn(process.execPath, [join(root, 'steps', 'runner', 'start.mjs'), 'watch'], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'ignore'],
  })
  let said = ''
  child.stdout.on('data', (data) => (said += String(data)))
  const heard = async (words: string) => {
    while (!said.includes(words)) {
      if (child.exitCode !== null) throw new Error(`watch ended with ${child.exitCode}:\n${said}`)
      await once(child.stdout, 'data')
    }
    return performance.now()
  }
  try {
    const first = (await heard('First ')) - start
    await heard('Ctrl-C ends it.')
    said = ''
    await sleep(1_000)
    const saved = performance.now()
    appendFileSync(join(root, 'src', 'index.ts'), '// saved\n')
    return {
      first,
      later: (await heard('First ')) - saved,
      whole: (await heard('Ctrl-C ends it.')) - saved,
    }
  } finally {
    child.kill('SIGINT')
  }
}

/** A project with the same settings and next to nothing in it: what no command of ours can be faster than. */
function fillEmptyProject(folder: string): { readonly folder: string } {
  const write = (path: string, text: string) => {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), text)
  }
  for (const settings of ['vitest.config.ts', 'configs/test-environment.ts']) {
    write(settings, readFileSync(join(repository, settings), 'utf8'))
  }
  const scripts = { test: 'vitest run', empty: 'node empty.mjs' }
  write('package.json', JSON.stringify({ type: 'module', scripts }))
  write('test/empty.test.ts', "import { test } from 'vitest'\n\ntest('nothing', () => {})\n")
  write('empty.mjs', '')
  linkPackages(repository, folder)
  return { folder }
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((one, other) => one - other)
  return sorted[Math.floor(sorted.length / 2)] ?? 0
}

using copy = checkOutIndex(repository)
using floor = temporaryFolder('floor', fillEmptyProject)
const { course } = loadCourse(copy.root)
const seventh = course.steps[6]?.folder ?? ''
let edits = 0
const here = (what: string, words: string, goal: Partial<Measure> = {}): Measure => ({
  what,
  script: words.split(' '),
  folder: copy.root,
  ...goal,
})
const [empty, nothing, npmTest] = ['vitest run, one empty test', 'npm run, an empty script', 'npm test']
const editSeventh = () => {
  edits += 1
  appendFileSync(join(copy.root, 'steps', seventh, 'src', 'index.ts'), `// ${edits}\n`)
}
const measures: readonly Measure[] = [
  here(empty, 'test', { folder: floor.folder }),
  here(nothing, 'run empty', { folder: floor.folder }),
  here(npmTest, 'test', { against: { what: empty, atMost: 1.5 } }),
  here('npm run step 3, to the text', 'run step 3', {
    until: 'Step 3 of',
    against: { what: nothing, atMost: 1.5 },
  }),
  here('types of the last step', 'run types'),
  here('lint', 'run lint'),
  here('step verify, nothing known', 'run step verify fresh'),
  here('step verify tests, step 7 edited', 'run step verify tests', {
    against: { what: npmTest, atMost: 1.3 },
    before: editSeventh,
  }),
  here('step verify, nothing edited', 'run step verify', { against: { what: npmTest, atMost: 2 } }),
  here('gate', 'run gate', { against: { what: npmTest, atMost: 2.5 } }),
  here('mutation of the whole course', 'run mutation', { seconds: 300, once: true }),
]

const watches: readonly Goal[] = [
  { what: 'step watch, first verdict', against: { what: 'npm test', atMost: 1.5 } },
  { what: 'step watch, after a save', seconds: 0.5 },
  { what: 'step watch, all of it after a save', against: { what: 'npm test', atMost: 1.5 } },
]

// Every measurement starts at the last step; step 3 and watching leave the copy elsewhere.
const home = here('', 'run step last')
const beforeLast = here('', `run step ${course.steps.findLast(({ phase }) => phase === 'red')?.number}`)

const times = new Map<string, number[]>()
const note = (what: string, time: number) => times.set(what, [...(times.get(what) ?? []), time])
const at = (what: string) => median(times.get(what) ?? [])

function line({ what, against, seconds }: Goal): string {
  const took = `${what.padEnd(34)}${(at(what) / 1000).toFixed(2).padStart(7)} s`
  if (seconds !== undefined) return `${took}  at most ${seconds} s ${at(what) <= seconds * 1000 ? '✓' : '✗'}`
  if (!against) return took
  const ratio = at(what) / at(against.what)
  return `${took} ${ratio.toFixed(2).padStart(6)} × ${against.what.padEnd(28)} target ${against.atMost.toFixed(1)} ${ratio <= against.atMost ? '✓' : '✗'}`
}

for (let round = 0; round <= rounds; round += 1) {
  process.stderr.write(round === 0 ? 'Filling the caches …\n' : `Round ${round} of ${rounds} …\n`)
  for (const measure of measures) {
    if (measure.once && round < rounds) continue
    const time = await timed(measure)
    // The first round only fills the caches.
    if (round > 0) note(measure.what, time)
    if (measure.script.includes('3')) await timed(home)
  }
  await timed(beforeLast)
  const { first, later, whole } = await watched(copy.root)
  if (round > 0) {
    note('step watch, first verdict', first)
    note('step watch, after a save', later)
    note('step watch, all of it after a save', whole)
  }
  await timed(home)
}
const all: readonly Goal[] = [...measures, ...watches]
process.stdout.write(
  `\n${availableParallelism()} cores, Node ${process.version}${proofAlone ? '' : `, ${rounds} rounds, medians\n\n${all.map(line).join('\n')}`}\n\n${freshProof(course).join('\n')}\n`,
)
