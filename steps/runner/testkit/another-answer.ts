import { readFileSync } from 'node:fs'
import { chaptersOf } from '../course/chapters.ts'
import { foldsOf, sameBytes, stateAt, type State } from '../course/state.ts'
import { recall, remember } from '../proof/cache.ts'
import { Fingerprints } from '../proof/fingerprints.ts'
import { below, diskOf, locationsOf } from '../system/locations.ts'
import { checkCoverage } from '../proof/rules/coverage.ts'
import { checkTestResults } from '../proof/rules/test-results.ts'
import { checkTypes } from '../proof/rules/types.ts'
import { testStates, plansOf, workFor } from '../proof/run-proof.ts'
import { layOut } from '../test-runs/lay-out-states.ts'
import { typeErrors } from '../test-runs/type-errors.ts'
import type { Course, Step } from '../course/read-course.ts'

// The whole course answered as the course does not answer it: one file, no class, no semaphore, no state by name. A
// learner may write something like it. It is written down once, in another-answer.template; which of its lines stand
// at which step is marked there:
//
//     //# from a-pause            these lines stand from step NN-green-a-pause on
//     //# before                  and these, which may be left out, stand before it
//     //# end
//
// It is asked for at the end of every chapter. A cycle may leave its lines to that end. What is built on the client,
// src/cache/, has no other answer: the course's own has to work on the other client.

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

/** Whether the other answer has no lines of its own for this: a test, or what is built on the client. */
const stays = (path: string) => path.startsWith('test/') || path.startsWith('src/cache/')

/** The course, with the other answer in the place of its own client: the same reds, the same tests. */
export function answeredOtherwise(course: Course): Course {
  const reached = new Set<string>()
  let before: string | null = null
  const steps = course.steps.map((step): Step => {
    reached.add(step.slug)
    const kept = [...step.files].filter(([path]) => stays(path))
    const now = answerAt(answer, reached)
    const source: State =
      step.phase === 'red' || now === before ? new Map() : new Map([['src/index.ts', Buffer.from(now)]])
    if (source.size > 0) before = now
    const removes = step.contract.removes.filter(stays)
    return {
      ...step,
      files: new Map([...kept, ...source]),
      contract: { ...step.contract, removes, wrong: [] },
    }
  })
  return { ...course, steps }
}

/** The last step of each chapter; apart those at which the client and its tests are what they were at the end before. */
export function chapterEnds(course: Course): {
  readonly ends: readonly Step[]
  readonly same: readonly Step[]
} {
  const all = chaptersOf(course).flatMap(({ steps }) => steps.at(-1) ?? [])
  const clients = all.map(({ number }) => clientOf(stateAt(course, number)))
  const isSame = (_: Step, index: number) =>
    sameBytes(clients[index] ?? new Map(), clients[index - 1] ?? new Map())
  const same = all.filter(isSame)
  return { ends: all.filter((step) => !same.includes(step)), same }
}

const clientOf = (state: State): State =>
  new Map([...state].filter(([path]) => !/^(?:src|test)\/cache\/|\.spec\.ts$/.test(path)))

/**
 * The steps at which the other answer stands: all of a chapter, or, when one of its greens has no lines of its own, those
 * before its red, which the other answer may pass already, and the end of the chapter.
 */
export function answeredSteps(other: Course): readonly Step[] {
  return chaptersOf(other).flatMap(({ steps }) => {
    const silent = steps.findIndex(({ phase, files }) => phase === 'green' && !files.has('src/index.ts'))
    const end = steps.findLastIndex(({ phase }) => phase === 'green')
    return silent === -1 ? steps : steps.filter((_, index) => index < silent - 1 || index >= end)
  })
}

/** What is wrong with the other answer at these steps of it: reds, coverage and types, as the proof asks for them. */
export async function problemsAt(
  other: Course,
  steps: readonly Step[],
  covering = true,
): Promise<readonly string[]> {
  const folds = foldsOf(other).filter(({ step }) => steps.includes(step))
  const { scratch } = locationsOf(other.root)
  const folder = diskOf(below(scratch, 'another-answer'))
  const remembered = below(scratch, 'another-answer.json')
  const states = new Map(folds.map(({ step, after }) => [step.folder, after]))
  const memory = recall(remembered)
  const prints = new Fingerprints(memory.codes)
  const plans = plansOf(folds, [], covering, prints)
  const work = workFor(plans, { covering, memory })
  layOut(folder, states)

  const finished = folds.flatMap(({ step }) => (step.phase === 'red' ? [] : [step.folder]))
  const [{ results, uncovered, strays, found }, types] = await Promise.all([
    testStates(folds, [], plans, { folder, states, covering, memory, work }),
    // The suites for the finished client (*.spec.ts) may know more of it.
    typeErrors(
      folder,
      finished.flatMap((name) => [`${name}/src`, `${name}/test/*.test.ts`]),
    ),
  ])
  const tested = folds.flatMap(({ step }, index) => {
    const result = results[index]
    // Without the states between, a refactor has more tests than what comes before it here.
    const phase = step.phase === 'refactor' ? 'green' : step.phase
    return result ? [{ step: { ...step, phase }, results: result }] : []
  })
  const seen = { folds, tested, uncovered, types }
  const problems = [checkTestResults, checkCoverage, checkTypes].flatMap((rule) => Array.from(rule(seen)))
  remember(remembered, found, {
    isSound: ({ step }) => !problems.some((problem) => problem.step === step),
    clean: memory.clean,
    codes: prints.codes,
  })
  return [
    ...problems.map(({ where, what }) => `${where}: ${what}`),
    ...strays.map(({ message }) => `an error that no test caught: ${message}`),
    ...(tested.length === steps.length ? [] : [`${steps.length - tested.length} steps were not run`]),
  ]
}
