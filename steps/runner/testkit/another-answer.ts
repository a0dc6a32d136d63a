import { readFileSync } from 'node:fs'
import type { Course, Step } from '../course/read-course.ts'
import type { State } from '../course/state.ts'

// The whole course answered as the course does not answer it: one file, no class, no semaphore, no state by name. A
// learner may write something like it. It is written down once, in another-answer.template; which of its lines stand
// at which step is marked there:
//
//     //# from a-pause            these lines stand from step NN-green-a-pause on
//     //# before                  and these, which may be left out, stand before it
//     //# end

export const answer = readFileSync(new URL('another-answer.template', import.meta.url), 'utf8')

/** The other answer at a step, by what the steps up to it are called. */
export function answerAt(text: string, reached: ReadonlySet<string>): string {
  const stands: boolean[] = []
  const lines = text.split('\n').filter((line) => {
    const mark = /^\s*\/\/# (?:from (?<slug>[\w-]+)|(?<other>before|end))$/.exec(line)?.groups
    if (!mark) return stands.every(Boolean)
    if (mark['slug'] !== undefined) stands.push(reached.has(mark['slug']))
    else if (mark['other'] === 'before') stands.push(!stands.pop())
    else stands.pop()
    return false
  })
  return lines.join('\n')
}

/** The steps that the marks speak of. */
export const slugsIn = (text: string): ReadonlySet<string> =>
  new Set([...text.matchAll(/^\s*\/\/# from ([\w-]+)$/gm)].map(([, slug = '']) => slug))

/** The course, with the other answer in the place of its own `src/`: the same reds, the same tests. */
export function answeredOtherwise(course: Course): Course {
  const reached = new Set<string>()
  let before: string | null = null
  const steps = course.steps.map((step): Step => {
    reached.add(step.slug)
    const tests = [...step.files].filter(([path]) => path.startsWith('test/'))
    const now = answerAt(answer, reached)
    const source: State =
      step.phase === 'red' || now === before ? new Map() : new Map([['src/index.ts', Buffer.from(now)]])
    if (source.size > 0) before = now
    const removes = step.contract.removes.filter((path) => path.startsWith('test/'))
    return {
      ...step,
      files: new Map([...tests, ...source]),
      contract: { ...step.contract, removes, wrong: [] },
    }
  })
  return { ...course, steps }
}
