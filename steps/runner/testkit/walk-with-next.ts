import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'vitest'
import { answeredOtherwise } from './another-answer.ts'
import type { Course } from '../course/read-course.ts'
import { stateAt } from '../course/state.ts'
import { ThrowawayCourse } from './throwaway-course.ts'
import { readTree } from '../course/read-tree.ts'

/**
 * Walks from a step to the end of the course with `npm run step next`, as a learner does who writes every green and
 * every refactor otherwise than the course does, in one file. Answers with the numbers of the steps that were reached.
 */
export function walkOn(course: Course, from: number): readonly number[] {
  const other = answeredOtherwise(course)
  const mine = (number: number) => stateAt(other, number).get('src/index.ts')?.toString() ?? ''
  const steps = Object.fromEntries(
    course.steps.flatMap(({ folder, files }) => [
      [`steps/${folder}/README.md`, readFileSync(join(course.root, 'steps', folder, 'README.md'), 'utf8')],
      ...Array.from(files, ([path, bytes]) => [`steps/${folder}/${path}`, bytes.toString()]),
    ]),
  )
  using there = new ThrowawayCourse(steps)
  there.types({ 'package.json': '{"type":"module"}' }).standsAt(from)
  const sources = () => [...readTree(there.root).files.keys()].filter((path) => path.startsWith('src/'))
  there.deletes(...sources())
  if (mine(from) !== '') there.types({ 'src/index.ts': mine(from) })

  return course.steps.slice(from).map(({ phase, number }) => {
    if (phase !== 'red') there.types({ 'src/index.ts': mine(number) })
    const words = phase === 'refactor' ? ['next', 'anyway'] : ['next']
    expect(there.step(...words)).toSay(`Step ${number} of`)
    expect(sources()).toEqual(['src/index.ts'])
    expect(there.reads('src/index.ts')).toBe(mine(number))
    return number
  })
}
