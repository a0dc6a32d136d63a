import { expect, test } from 'vitest'
import { propagate } from './propagate.ts'
import { cycleAt, insertCycle, lessonsNaming, removeSteps } from './renumber.ts'
import { ThrowawayCourse } from '../testkit/throwaway-course.ts'

const committed = () => new ThrowawayCourse().commits()

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

  expect(once).toEqual({
    changed: ['steps/04-red-negates/src/deep/add.ts'],
    conflicts: [],
    root: true,
  })
  expect(course.reads('steps/04-red-negates/src/deep/add.ts')).toMatch(/^\/\/ first\n[^]*\/\/ later\n$/)
  expect(propagate(course.course, stepAt(course, 3))).toMatchObject({ changed: [], conflicts: [] })
})

test('stops at the first conflict, with both sides in the file', () => {
  using course = committed()
  course.types({ [second]: 'export const add = () => 4\n' })

  const outcome = propagate(course.course, stepAt(course, 2))

  expect(outcome).toMatchObject({ changed: [third], conflicts: [{ path: third }] })
  expect(course.reads(third)).toContain(
    "export { add } from './deep/add.ts'\n=======\nexport const add = () => 4\n",
  )
  expect(propagate(course.course, stepAt(course, 3)), 'while the marks are in it').toMatchObject({
    changed: [],
    conflicts: [{ path: third }],
  })
})

test('knows the steps by their names after a cycle was put in before them', () => {
  using course = committed()
  insertCycle(course.course, 4, 'halves')
  course.types({ 'steps/04-red-halves/src/index.ts': `${course.reads(third)}// half\n` })

  expect(propagate(course.course, stepAt(course, 4))).toMatchObject({
    conflicts: [{ path: 'steps/07-green-minus/src/index.ts' }],
  })
})

test('a conflict in one file does not keep the others back', () => {
  using course = committed()
  const [deep, index] = ['src/deep/add.ts', 'src/index.ts']
  const [from, later] = ['steps/03-refactor-own-file', 'steps/04-red-negates']
  const text = course.reads(`${from}/${index}`)
  course.types({ [`${later}/${deep}`]: 'other\n', [`${later}/${index}`]: `${text}\n\n// later\n` })
  course.types({ [`${from}/${deep}`]: 'mine\n', [`${from}/${index}`]: `// first\n${text}` })

  const { changed, conflicts } = propagate(course.course, stepAt(course, 3))

  expect(conflicts.map(({ path }) => path)).toEqual([`${later}/${deep}`, 'steps/05-green-minus/src/index.ts'])
  expect(changed).toContain(`${later}/${index}`)
})

test('two tests that were added at one place are no conflict: the earlier comes first', () => {
  using course = committed()
  const [first, later] = ['steps/01-red-adds/test/sum.test.ts', 'steps/04-red-negates/test/sum.test.ts']
  const text = course.reads(first) ?? ''
  const added = (name: string) => `${text}\ntest('${name}', () => {\n  expect(add(1, 2)).toBe(3)\n})\n`
  course.types({ [later]: added('later'), 'test/sum.test.ts': added('later') })
  course.types({ [first]: added('mine') })

  expect(propagate(course.course, stepAt(course, 1)).conflicts).toEqual([])
  const both = `${added('mine')}${added('later').slice(text.length)}`
  expect([course.reads(later), course.reads('test/sum.test.ts')]).toEqual([both, both])
  expect(propagate(course.course, stepAt(course, 1))).toMatchObject({ changed: [], conflicts: [] })

  course.types({ [first]: `${text}${added('mine').slice(text.length).replace('1, 2', '2, 1')}` })
  const again = propagate(course.course, stepAt(course, 1))
  expect(again.conflicts, 'the same test, but another one').toMatchObject([{ path: later }])
})

test('a test that both have changed is a conflict', () => {
  using course = committed()
  const [first, later] = ['steps/01-red-adds/test/sum.test.ts', 'steps/04-red-negates/test/sum.test.ts']
  const text = course.reads(first) ?? ''
  course.types({ [later]: `${text.replace('1, 2', '2, 1')}\n// later\n` })
  course.types({ [first]: `${text.replace('1, 2', '0, 3')}\n// mine\n` })

  expect(propagate(course.course, stepAt(course, 1)).conflicts).toMatchObject([{ path: later }])
})

test('a file that git cannot merge stays as it is, and that is said', () => {
  using course = committed()
  course.types({ [third]: 'a\0b' })
  course.types({ [second]: 'export const add = () => 4\n' })

  expect(() => propagate(course.course, stepAt(course, 2))).toThrow(
    `git could not merge the edit into ${third} (error: Cannot merge binary files`,
  )
  expect(course.reads(third)).toBe('a\0b')
})

test('a new file comes into src/ and test/ as it is, unless a later step has a say in it', () => {
  using course = committed()
  course.types({ 'steps/02-green-three/src/new.ts': 'new\n', 'steps/02-green-three/src/later.ts': 'one\n' })
  course.types({ 'steps/03-refactor-own-file/src/later.ts': 'two\n' })

  expect(propagate(course.course, stepAt(course, 2)).changed).toEqual(['src/new.ts'])
  expect([course.reads('src/new.ts'), course.reads('src/later.ts')]).toEqual(['new\n', null])
  expect(propagate(course.course, stepAt(course, 2)).changed).toEqual([])
})

test('src/ and test/ are left alone where they are not the last step', () => {
  using course = committed()
  course.standsAt(2)
  const old = course.reads('src/index.ts')
  course.types({ [second]: 'export const add = () => 4\n', 'steps/02-green-three/src/new.ts': 'new\n' })
  course.types({
    [third]: course.reads(second) ?? '',
    'steps/05-green-minus/src/index.ts': course.reads(second) ?? '',
  })

  expect(propagate(course.course, stepAt(course, 2))).toMatchObject({ root: false })
  expect([course.reads('src/index.ts'), course.reads('src/new.ts')]).toEqual([old, null])
})

test('without a commit it cannot know what was edited', () => {
  using course = new ThrowawayCourse()
  expect(() => propagate(course.course, stepAt(course, 2))).toThrow('what differs from the last commit')
})

test('makes room for a cycle, and closes the gap of one', () => {
  using course = new ThrowawayCourse()
  const before = course.course.steps.map(({ folder }) => folder)

  insertCycle(course.course, 4, 'halves')

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

test('knows which lessons and hints name a number that changes', () => {
  using course = new ThrowawayCourse()
  const path = 'steps/01-red-adds/README.md'
  const contract = 'steps/02-green-three/step.yaml'
  course.types({
    [path]: `${course.reads(path)}\nMore of it in step 04.\n`,
    [contract]: course.reads(contract)?.replace('Gently.', 'As in step 4.') ?? '',
  })

  expect(lessonsNaming(course.course, 4)).toEqual([path, contract])
  expect(lessonsNaming(course.course, 5)).toEqual([])
})
