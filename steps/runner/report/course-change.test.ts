import { expect, test } from 'vitest'
import type { Course, Phase, Step } from '../course/read-course.ts'
import type { Proof } from '../proof/proof.ts'
import { courseChange } from './course-change.ts'

const contract = { chapter: 'sum', does: '', changes: [], removes: [], hints: [], wrong: [] }

/** Steps by their folders; what follows a blank is their lesson. */
const steps = (...named: readonly string[]): Course => ({
  root: '.',
  steps: named.map((text): Step => {
    const [folder = '', lesson = ''] = text.split(' ')
    const [number = '', phase = '', ...slug] = folder.split('-')
    return {
      number: Number(number),
      phase: phase as Phase,
      slug: slug.join('-'),
      folder,
      title: 'One',
      contract,
      lesson,
      files: new Map(),
    }
  }),
})

const proof = (...where: readonly string[]): Proof => ({
  problems: where.map((one) => ({ step: one.split('/')[1] ?? null, where: one, what: '', fix: '' })),
  proven: [],
  failures: new Map(),
  verdicts: new Map(),
  caught: new Map(),
  reused: 0,
})

const change = (before: Course, after: Course, problems = proof()) => {
  const { steps: changed, renumbered } = courseChange(
    { course: before, proof: proof() },
    { course: after, proof: problems },
  )
  return {
    changed: changed.map((one) => [one.before?.step.folder ?? null, one.after?.step.folder ?? null]),
    problems: changed.map((one) => one.after?.problems.length),
    renumbered,
  }
}

test('two steps of the same name are two steps', () => {
  const course = steps('01-red-a-way-out', '02-green-out', '03-red-a-way-out')
  expect(change(course, course)).toEqual({ changed: [], problems: [], renumbered: 0 })
})

test('a step that moved is the same one, also beside another of its name', () => {
  const before = steps('01-red-a-way-out', '02-green-out', '03-red-a-way-out other')
  const after = steps(
    '01-red-new',
    '02-green-new',
    '03-red-a-way-out',
    '04-green-out',
    '05-red-a-way-out other',
  )
  expect(change(before, after)).toEqual({
    changed: [
      [null, '01-red-new'],
      [null, '02-green-new'],
    ],
    problems: [0, 0],
    renumbered: 3,
  })
  expect(change(after, before).changed).toEqual([
    ['01-red-new', null],
    ['02-green-new', null],
  ])
})

test('a changed step has the problems in its own folder, not in another that begins alike', () => {
  const found = change(
    steps('01-red-a', '02-green-b'),
    steps('01-red-a more', '02-green-b more'),
    proof('steps/01-red-a/test/a.test.ts', 'steps/01-red-a', 'steps/01-red-another', 'steps'),
  )
  expect(found).toEqual({
    changed: [
      ['01-red-a', '01-red-a'],
      ['02-green-b', '02-green-b'],
    ],
    problems: [2, 0],
    renumbered: 0,
  })
})
