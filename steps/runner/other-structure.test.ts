import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { loadCourse, type Course } from './course.ts'
import { failuresOf } from './failing-tests.ts'
import { testFilesOf } from './fold.ts'
import { stateAt, type State } from './state.ts'
import { ThrowawayCourse } from './throwaway.ts'
import { readTree } from './tree.ts'
import { tryOut } from './trial.ts'

/**
 * For each of these steps the learner's sources beside the tests of the step. A version of a test file that an earlier
 * state has shown already is not shown again.
 */
function beside(course: Course, from: number, to: number, sources: State): ReadonlyMap<string, State> {
  const shown = new Set<string>()
  const states = new Map<string, State>()
  for (const { number, folder } of course.steps.slice(from - 1, to)) {
    const tests = new Map([...stateAt(course, number)].filter(([path]) => path.startsWith('test/')))
    for (const path of testFilesOf(tests)) {
      const version = `${path}\n${tests.get(path)?.toString()}`
      if (shown.has(version)) tests.delete(path)
      shown.add(version)
    }
    if (testFilesOf(tests).length > 0) states.set(folder, new Map([...sources, ...tests]))
  }
  return states
}

async function failures(course: Course, states: ReadonlyMap<string, State>): Promise<readonly string[]> {
  const lights = await tryOut(course.root, states)
  return [...lights].flatMap(([folder, light]) => failuresOf(light).map((line) => `${folder}: ${line}`))
}

const { course } = loadCourse(fileURLToPath(new URL('../..', import.meta.url)))
const last = course.steps.length

test(
  'every test of every step speaks to src/index.ts only: the code may live in any files',
  { timeout: 120_000 },
  async () => {
    const moved = [...stateAt(course, last)].filter(([path]) => path.startsWith('src/'))
    const sources = new Map([
      ...moved.map(([path, bytes]) => [path.replace('src/', 'src/own/way/'), bytes] as const),
      ['src/index.ts', Buffer.from("export * from './own/way/index.ts'\n")] as const,
    ])
    const states = beside(course, 1, last, sources)
    expect(states.size).toBeGreaterThan(last / 3)
    expect(await failures(course, states)).toEqual([])
  },
)

/** Chapters 1 to 5, up to which the other answer goes. */
const end = course.steps.findLast(({ contract }) => contract.chapter === 'connection-pooling')?.number ?? 0
const other = readFileSync(new URL('another-answer.ts', import.meta.url), 'utf8')

test(
  'another answer, in one file and without a class, passes every test of chapters 1 to 5',
  { timeout: 120_000 },
  async () => {
    const sources = new Map([['src/index.ts', Buffer.from(other)]])
    expect(await failures(course, beside(course, 1, end, sources))).toEqual([])
  },
)

test(
  'a learner with another answer walks on with next, and src/ stays their own',
  { timeout: 120_000 },
  () => {
    const steps = Object.fromEntries(
      course.steps.flatMap(({ folder, files }) => [
        [`steps/${folder}/README.md`, readFileSync(join(course.root, 'steps', folder, 'README.md'), 'utf8')],
        ...[...files].map(([path, bytes]) => [`steps/${folder}/${path}`, bytes.toString()]),
      ]),
    )
    using there = new ThrowawayCourse(steps)
    there.standsAt(end - 3)
    for (const path of readTree(there.root).files.keys()) if (path.startsWith('src/')) there.deletes(path)
    there.types({ 'package.json': '{"type":"module"}', 'src/index.ts': other })
    for (const { phase, number } of course.steps.slice(end - 3, end)) {
      const words = phase === 'refactor' ? ['next', 'anyway'] : ['next']
      expect(there.step(...words)).toSay(`Step ${number} of`)
      const sources = Object.keys(there.work).filter((path) => path.startsWith('src/'))
      expect(sources).toEqual(['src/index.ts'])
      expect(there.reads('src/index.ts')).toBe(other)
    }
  },
)
