import { spawnSync } from 'node:child_process'
import { expect, test } from 'vitest'
import { propagate } from './propagate.ts'
import { cycleAt, insertCycle, lessonsNaming, removeSteps } from './renumber.ts'
import { ThrowawayCourse } from './throwaway.ts'

/** Under git, as a maintainer has it. */
function committed(): ThrowawayCourse {
  const course = new ThrowawayCourse()
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('GIT_')))
  const git = (...args: readonly string[]) => spawnSync('git', args, { cwd: course.root, env })
  git('init', '-q')
  git('add', 'steps', 'src', 'test')
  git('-c', 'user.name=a', '-c', 'user.email=a@b.c', 'commit', '-q', '-m', 'All', '--no-verify')
  return course
}

const second = 'steps/02-green-three/src/index.ts'
const third = 'steps/03-refactor-own-file/src/index.ts'

function stepAt(course: ThrowawayCourse, number: number) {
  const step = course.course.steps[number - 1]
  if (!step) throw new Error(`there is no step ${number}`)
  return step
}

test('carries an edit on to every later step and to the root, and does it once', () => {
  using course = committed()
  const deep = 'steps/03-refactor-own-file/src/deep/add.ts'
  course.types({ 'steps/04-red-negates/src/deep/add.ts': `${course.reads(deep)}// later\n` })
  course.types({ [deep]: `// first\n${course.reads(deep)}` })

  const once = propagate(course.course, stepAt(course, 3))

  expect(once).toEqual({ kind: 'done', changed: ['steps/04-red-negates/src/deep/add.ts'] })
  expect(course.reads('steps/04-red-negates/src/deep/add.ts')).toMatch(/^\/\/ first\n[^]*\/\/ later\n$/)
  expect(propagate(course.course, stepAt(course, 3))).toEqual({ kind: 'done', changed: [] })
})

test('stops at the first conflict, with both sides in the file', () => {
  using course = committed()
  course.types({ [second]: 'export const add = () => 4\n' })

  const outcome = propagate(course.course, stepAt(course, 2))

  expect(outcome).toMatchObject({ kind: 'conflict', changed: [third], path: third })
  expect(course.reads(third)).toContain(
    "export { add } from './deep/add.ts'\n=======\nexport const add = () => 4\n",
  )
  expect(propagate(course.course, stepAt(course, 3)), 'while the marks are in it').toMatchObject({
    kind: 'conflict',
    changed: [],
    path: third,
  })
})

test('knows the steps by their names after a cycle was put in before them', () => {
  using course = committed()
  insertCycle(course.course, stepAt(course, 4), 'halves')
  course.types({ 'steps/04-red-halves/src/index.ts': `${course.reads(third)}// half\n` })

  expect(propagate(course.course, stepAt(course, 4))).toMatchObject({
    kind: 'conflict',
    path: 'steps/07-green-minus/src/index.ts',
  })
})

test('makes room for a cycle, and closes the gap of one', () => {
  using course = new ThrowawayCourse()
  const before = course.course.steps.map(({ folder }) => folder)

  insertCycle(course.course, stepAt(course, 4), 'halves')

  expect(course.course.steps.map(({ folder }) => folder)).toEqual([
    ...before.slice(0, 3),
    '04-red-halves',
    '05-green-halves',
    '06-red-negates',
    '07-green-minus',
  ])
  removeSteps(course.course, cycleAt(course.course, stepAt(course, 4)))
  expect(course.course.steps.map(({ folder }) => folder)).toEqual(before)
})

test('knows which lessons name a number that changes', () => {
  using course = new ThrowawayCourse()
  const path = 'steps/01-red-adds/README.md'
  course.types({ [path]: `${course.reads(path)}\nMore of it in step 04.\n` })

  expect(lessonsNaming(course.course, 4)).toEqual([path])
  expect(lessonsNaming(course.course, 5)).toEqual([])
})
