import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { answer, answerAt, answeredOtherwise, slugsIn } from './another-answer.ts'
import { loadCourse } from '../course/read-course.ts'
import { foldsOf } from '../course/fold.ts'
import { layOut } from '../test-runs/lay-out-states.ts'
import { recall, remember } from '../proof/cache.ts'
import { lightStates, plansOf, workFor } from '../proof/run-proof.ts'
import { checkCoverage } from '../proof/rules/coverage.ts'
import { checkLights } from '../proof/rules/lights.ts'
import { checkTypes } from '../proof/rules/types.ts'
import { typeErrors } from '../test-runs/type-errors.ts'
import { walkOn } from './walk-with-next.ts'

const { course } = loadCourse(fileURLToPath(new URL('../../..', import.meta.url)))
const other = answeredOtherwise(course)
const last = course.steps.length

test('a line of the other answer stands from its step on, or before it', () => {
  const text = 'a\n  //# from one\nb\n//# from two\nc\n//# before\nd\n//# end\n//# before\ne\n//# end\nf'

  expect(answerAt(text, new Set())).toBe('a\ne\nf')
  expect(answerAt(text, new Set(['one']))).toBe('a\nb\nd\nf')
  expect(answerAt(text, new Set(['one', 'two']))).toBe('a\nb\nc\nf')
  expect([...slugsIn(text)]).toEqual(['one', 'two'])
})

test('the other answer has something new at every green, and speaks of steps that are there', () => {
  const slugs = new Set(course.steps.map(({ slug }) => slug))
  const silent = other.steps.filter(({ phase, files }) => phase === 'green' && !files.has('src/index.ts'))

  expect(
    silent.map(({ folder }) => folder),
    'The course has grown? Make its new tests pass in steps/runner/testkit/another-answer.template too, in lines that begin with "//# from <slug of the green>"',
  ).toEqual([])
  expect(
    [...slugsIn(answer)].filter((slug) => !slugs.has(slug)),
    'marks in steps/runner/testkit/another-answer.template of steps that are not there: give them the new slug',
  ).toEqual([])
})

test(
  'the whole course can be walked with another answer: every red fails as announced, every green and refactor holds',
  { timeout: 240_000 },
  async () => {
    const folds = foldsOf(other)
    const folder = join(course.root, '.course', 'another-answer', 'proof')
    const states = new Map(folds.map(({ step, after }) => [step.folder, after]))
    const memory = recall(folder)
    const plans = plansOf(folds, [])
    const work = workFor(plans, { covering: true, memory })
    layOut(folder, states)

    const finished = folds.flatMap(({ step }) => (step.phase === 'red' ? [] : [step.folder]))
    const [{ lights, uncovered, strays, found }, types] = await Promise.all([
      lightStates(folds, [], plans, { folder, states, covering: true, memory, work }),
      // The suites for the finished client (*.spec.ts) may know more of it.
      typeErrors(
        folder,
        finished.flatMap((name) => [`${name}/src`, `${name}/test/*.test.ts`]),
      ),
    ])
    const lit = folds.flatMap(({ step }, index) => {
      const light = lights[index]
      return light ? [{ step, lights: light }] : []
    })
    const seen = { folds, lit, uncovered, types }
    const problems = [checkLights, checkCoverage, checkTypes].flatMap((rule) => rule(seen))
    remember(folder, found, {
      isSound: (state) => !problems.some(({ where }) => where.split('/')[1] === state),
      clean: memory.clean,
    })

    expect(lit).toHaveLength(last)
    expect(problems.map(({ where, what }) => `${where}: ${what}`)).toEqual([])
    expect(strays).toEqual([])
  },
)

test(
  'a learner with another answer walks on with next, and src/ stays their own',
  { timeout: 120_000 },
  () => {
    // The last cycle; from the first step on it takes minutes: npm run test:walk
    expect(walkOn(course, last - 3)).toEqual([last - 2, last - 1, last])
  },
)
