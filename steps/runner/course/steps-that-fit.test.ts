import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { type State, stateAt, testFilesOf } from './state.ts'
import { loadCourse } from './read-course.ts'
import { stepsThatFit } from './steps-that-fit.ts'
import { ThrowawayCourse } from '../testkit/throwaway-course.ts'

const { course } = loadCourse(fileURLToPath(new URL('../../..', import.meta.url)))
using small = new ThrowawayCourse()
const five = small.course

const mine = "\ntest('a test of my own', () => {\n  expect(1).toBe(1)\n})\n"

/** A state with other texts in some files; null deletes one. */
const having = (state: State, files: Readonly<Record<string, string | null>>): State => {
  const changed = new Map(state)
  for (const [path, text] of Object.entries(files)) {
    if (text === null) changed.delete(path)
    else changed.set(path, Buffer.from(text))
  }
  return changed
}

const fit = (state: State, of = five) => {
  const { steps, orSteps, differences } = stepsThatFit(of, state)
  const numbers = (some: typeof steps) => some.map(({ number }) => number).join(' ')
  const differ = differences.map(({ path, is }) => `${path} ${is}`).join(', ')
  return `${numbers(steps)} | ${numbers(orSteps)} | ${differ}`
}

test('every step of the course is found by its tests, with what shares them, and no other', () => {
  for (const step of course.steps) {
    const { steps, orSteps, differences } = stepsThatFit(course, stateAt(course, step.number))
    expect(steps).toContain(step)
    expect(steps.filter(({ phase }) => phase === 'red').length).toBeLessThanOrEqual(1)
    expect([...orSteps, ...differences]).toEqual([])
  }
})

test("own tests, in files of their own and in all of the course's, move no step of the course", () => {
  for (const step of course.steps) {
    const state = stateAt(course, step.number)
    const more = testFilesOf(state).map((path) => [path, `${state.get(path)?.toString()}${mine}`] as const)
    const own = having(state, { 'test/mine.test.ts': mine, ...Object.fromEntries(more) })
    const { steps, differences } = stepsThatFit(course, own)
    expect(steps, `step ${step.number}`).toEqual(stepsThatFit(course, state).steps)
    expect(differences).toEqual([])
  }
})

test('a red, its green and its refactor share their tests', () => {
  expect(fit(stateAt(five, 2))).toBe('1 2 3 |  | ')
  expect(fit(stateAt(five, 4))).toBe('4 5 |  | ')
})

test('other blanks and line ends are the same test', () => {
  const text = stateAt(five, 2).get('test/sum.test.ts')?.toString().replaceAll('\n', '\r\n') ?? ''
  expect(fit(having(stateAt(five, 2), { 'test/sum.test.ts': text }))).toBe('1 2 3 |  | ')
})

test("a test with a course test's name and another text can be either: written before it came, or changed after", () => {
  const theirs = stateAt(five, 4).get('test/less.test.ts')?.toString() ?? ''
  const own = having(stateAt(five, 2), { 'test/less.test.ts': theirs.replace('toBe(-1)', 'toBe(-2)') })
  expect(fit(own)).toBe('1 2 3 | 4 5 | ')
})

test('what fits no step is told by the nearest, and by what differs', () => {
  expect(fit(having(stateAt(five, 4), { 'test/sum.test.ts': null }))).toBe(
    '4 5 |  | test/sum.test.ts deleted',
  )
  expect(fit(new Map())).toBe('1 2 3 |  | test/sum.test.ts deleted')
  const onlyLess = having(stateAt(five, 4), { 'test/sum.test.ts': mine })
  expect(fit(onlyLess)).toBe('4 5 |  | test/sum.test.ts changed')
})
