import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'vitest'
import { answeredOtherwise, answeredSteps } from './another-answer.ts'
import type { Course } from '../course/read-course.ts'
import { sourcesOf, stateAt } from '../course/state.ts'
import { ThrowawayCourse } from './throwaway-course.ts'
import { readTree } from '../course/read-tree.ts'

/**
 * Walks from a step to the end of the course with `npm run step next`, as a learner does who writes the greens and the
 * refactors otherwise than the course does, in one file, and takes the course's answer where they have none. Answers
 * with the numbers of the steps that were reached.
 */
export async function walkOn(course: Course, from: number): Promise<readonly number[]> {
  const other = answeredOtherwise(course)
  const answered = new Set(answeredSteps(other).map(({ number }) => number))
  const mine = (number: number) =>
    Object.fromEntries(
      Array.from(sourcesOf(stateAt(other, number)), ([path, bytes]) => [path, bytes.toString()]),
    )
  const steps = Object.fromEntries(
    course.steps.flatMap(({ folder, files }) => [
      ...['README.md', 'step.yaml'].map((name) => [
        `steps/${folder}/${name}`,
        readFileSync(join(course.root, 'steps', folder, name), 'utf8'),
      ]),
      ...Array.from(files, ([path, bytes]) => [`steps/${folder}/${path}`, bytes.toString()]),
    ]),
  )
  using there = new ThrowawayCourse(steps)
  there.types({ 'package.json': '{"type":"module"}' }).standsAt(from)
  const source = () => [...readTree(there.root).files].filter(([path]) => path.startsWith('src/'))
  const writesOwn = (number: number) => {
    there.deletes(...source().map(([path]) => path))
    there.types(mine(number))
  }
  if (answered.has(from)) writesOwn(from)

  const reached: number[] = []
  for (const { phase, number } of course.steps.slice(from)) {
    if (phase !== 'red' && !answered.has(number)) {
      expect(await there.step('solve')).toSay(`Step ${number} of`)
    } else {
      if (phase !== 'red') writesOwn(number)
      const before = source()
      const words = phase === 'refactor' ? ['next', 'anyway'] : ['next']
      expect(await there.step(...words)).toSay(`Step ${number} of`)
      expect(source()).toEqual(before)
    }
    reached.push(number)
  }
  return reached
}
