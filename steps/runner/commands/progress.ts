import type { Command } from './command.ts'
import { chaptersOf, type Chapter } from '../course/chapters.ts'
import { partOf, partsOf } from '../course/parts.ts'
import type { Course, Step } from '../course/read-course.ts'
import { readTree } from '../course/read-tree.ts'
import { progressIn, type Progress } from '../authoring/branch-progress.ts'
import { Refusal } from '../system/refusal.ts'
import { bold, print, say } from '../terminal/print.ts'
import { isUntouched, probablyAt } from '../workspace/standing.ts'

/**
 * `npm run step progress`: how far I am, and the branches that this clone has fetched. `progress ann`: one of them,
 * chapter by chapter; `progress json`: for programs.
 */
export const progress: Command = ({ course, words: [word] }) => {
  const branches = progressIn(course)
  if (word === 'json') {
    print(`${JSON.stringify(branches.map(forPrograms), null, 2)}\n`)
    return 0
  }
  if (word !== undefined) return ofOne(course, branches, word)
  const { files } = readTree(course.root)
  const here = isUntouched(course, files) ? null : probablyAt(course, files)
  say('', here ? `you: step ${here.number}, ${doneBy(course, here)}` : 'you: not begun (npm run step 1)', '')
  if (branches.length === 0) {
    say(
      'No branch of a learner has been fetched into this clone.',
      'To have them: git fetch origin (or git fetch --all)',
      '',
    )
    return 0
  }
  const longest = Math.min(30, Math.max(...branches.map(({ branch }) => branch.length)))
  for (const one of branches) {
    const { branch } = one
    const name = branch.length > longest ? `${branch.slice(0, longest - 1)}…` : branch.padEnd(longest)
    say(`${bold(name)}  ${far(course, one)}`)
    if (one.edited.length > 0) say(`${' '.repeat(longest)}  changed or added to: ${one.edited.join(', ')}`)
  }
  say('')
  return 0
}

function ofOne(course: Course, branches: readonly Progress[], word: string): number {
  const one =
    branches.find(({ branch }) => branch === word) ??
    branches.find(({ branch }) => branch.endsWith(`/${word}`))
  if (!one) {
    throw new Refusal(
      `Expected json, or a branch that has been fetched, but this came: ${word}`,
      branches.length === 0
        ? 'To have some: git fetch origin'
        : `These are there: ${branches.map(({ branch }) => branch).join(', ')}`,
    )
  }
  const reached = one.begun ? (one.steps.at(-1)?.number ?? 0) : 0
  say(
    '',
    `${bold(one.branch)}  ${far(course, one)}`,
    ...(one.edited.length > 0 ? [`changed or added to: ${one.edited.join(', ')}`] : []),
    '',
    ...chaptersOf(course).flatMap(({ number, slug, title, steps }) => {
      const done = steps.filter((step) => step.number <= reached).length
      const line = `${done === steps.length ? '✓' : done > 0 ? '→' : '·'} ${number} ${title}: ${done} of ${steps.length}`
      const part = partOf(course, slug)
      return part?.chapters[0]?.number === number ? [`Part ${part.number} · ${part.title}`, line] : [line]
    }),
    '',
  )
  return 0
}

function far(course: Course, { begun, steps, tests, courses, since, when }: Progress): string {
  const [first, last] = [steps[0], steps.at(-1)]
  if (!begun) return 'not begun'
  if (!first || !last) return `nothing of the course · ${when}`
  const all = course.steps.filter(({ phase }) => phase === 'red').length
  const place = first === last ? `step ${first.number}` : `step ${first.number}–${last.number}`
  const time = since === null || since === when ? when : `${since} to ${when}`
  return `${place} · ${tests} of ${all} tests · ${courses ? "the course's answers" : 'own code'} · ${time}`
}

/** Such as "chapters 1 to 7 done, part 1 done". */
function doneBy(course: Course, here: Step): string {
  const isDone = ({ steps }: Chapter) => (steps.at(-1)?.number ?? 0) <= here.number
  const parts = partsOf(course).filter(({ chapters }) => chapters.every(isDone)).length
  const done = numbered('chapter', chaptersOf(course).filter(isDone).length) ?? 'in chapter 1'
  return [done, numbered('part', parts) ?? []].flat().join(', ')
}

const numbered = (what: string, done: number) =>
  done === 0 ? null : done === 1 ? `${what} 1 done` : `${what}s 1 to ${done} done`

const forPrograms = ({ steps, ...more }: Progress) => ({ ...more, steps: steps.map(({ number }) => number) })
