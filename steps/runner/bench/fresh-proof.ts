import { spawnSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Course } from '../course/read-course.ts'
import { entryOf } from '../system/run-tool.ts'
import { temporaryFolder } from '../system/temporary-folder.ts'
import { proofFolder } from '../test-runs/lay-out-states.ts'

/** How many states to run by themselves. The others are taken to be like them. */
const samples = 10

/** How many times as fast as one vitest for each state the proof has to be. */
const atLeastTimes = 20

/** Milliseconds of processor time that a test file may take. */
const atMostAFile = 45

/**
 * The tests of all states, with nothing known, against one `vitest run` for each state, of which some are sampled
 * evenly. Lines for people.
 */
export function freshProof(course: Course): readonly string[] {
  const { root } = course
  using temporary = temporaryFolder('bench', (folder) => ({ folder }))
  const spent = join(temporary.folder, 'spent')
  const told = `process.on('exit', () => { const { user, system } = process.cpuUsage(); process.getBuiltinModule('node:fs').writeFileSync(${JSON.stringify(spent)}, String((user + system) / 1000)) })`
  const start = performance.now()
  const { stdout, status } = spawnSync(
    process.execPath,
    [
      '--import',
      `data:text/javascript,${encodeURIComponent(told)}`,
      join(root, 'steps', 'runner', 'start.mjs'),
      'verify',
      'tests',
      'fresh',
    ],
    { cwd: root, encoding: 'utf8' },
  )
  const proof = performance.now() - start
  if (status !== 0) return ['step verify tests fresh fails here: nothing to compare']
  const files = Number(/(\d+) test files were run/.exec(stdout)?.[1])
  const aFile = Number(readFileSync(spent, 'utf8')) / files

  const { states } = proofFolder(course)
  const names = readdirSync(states, { withFileTypes: true }).flatMap((one) =>
    one.isDirectory() && /^\d/.test(one.name) ? [one.name] : [],
  )
  const sampled = names
    .toSorted()
    .filter((_, index) => index % Math.ceil(names.length / samples) === 0)
    .map((name) => timeAlone(root, join(states, name)))
  const alone = (sampled.reduce((sum, time) => sum + time, 0) / sampled.length) * names.length
  const times = alone / proof
  return [
    `step verify tests fresh: ${seconds(proof)} for ${names.length} states; one vitest for each: ${seconds(alone)} by ${sampled.length} of them`,
    `  ${times.toFixed(1)} × as fast, target ${atLeastTimes} ${times >= atLeastTimes ? '✓' : '✗'}`,
    `  ${aFile.toFixed(0)} ms of processor time for each of ${files} test files, at most ${atMostAFile} ${aFile <= atMostAFile ? '✓' : '✗'}`,
  ]
}

/** Milliseconds of `vitest run` in a state's folder. Many a state is red: how it ends is no matter. */
function timeAlone(root: string, state: string): number {
  const start = performance.now()
  const args = [entryOf('vitest'), 'run', '--config', join(root, 'vitest.config.ts'), '--root', state]
  spawnSync(process.execPath, args, { cwd: state, stdio: 'ignore' })
  return performance.now() - start
}

const seconds = (time: number) => `${(time / 1000).toFixed(1)} s`
